package org.openrcm.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What the caller of the current request may do with FHIR resources. */
public final class Scopes {
  /** What the office noted of contacts, as {@link #allow} takes it for a type. */
  public static final String NOTES = "notes";

  /** The audit record, as {@link #allow} takes it for a type; {@code system/*} does not mean it. */
  public static final String AUDIT = "AuditEvent";

  /** What a program can be given, as pages and the SMART configuration offer it. */
  public static final List<String> OFFERED =
      List.of(
          "system/Claim.rs",
          "system/ExplanationOfBenefit.rs",
          "system/ClaimResponse.rs",
          "system/PaymentReconciliation.rs",
          "system/Account.rs",
          "system/Task.rs",
          "system/Invoice.rs",
          "system/DocumentReference.rs",
          "system/Binary.r",
          "system/PaymentNotice.rs",
          "system/Communication.rs",
          "system/Flag.rs",
          "system/Patient.rs",
          "system/Coverage.rs",
          "system/Organization.rs",
          "system/Practitioner.rs",
          "system/*.rs",
          "system/AuditEvent.rs",
          Scope.FILES_READ,
          Scope.FILES_WRITE,
          Scope.LEDGER_READ,
          Scope.NOTES_READ);

  private static final Set<Role> READERS = Set.of(Role.POSTER, Role.BILLER, Role.MANAGER);
  private static final Set<Role> AUDITORS = Set.of(Role.COMPLIANCE);

  private Scopes() {}

  /**
   * Whether the caller may do {@code act} with resources of this type: a program by the scopes of
   * its token, staff of a fitting role with all types but the audit record, which has a role of its
   * own, nobody else with any.
   *
   * @param act one of c, r, u, d, s (create, read, update, delete, search)
   */
  public static boolean allow(String type, char act) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who instanceof ClientAuthentication client) {
      return client.scopes().stream()
          .map(Scope::parse)
          .flatMap(Optional::stream)
          .anyMatch(scope -> scope.allows(type, act));
    }
    return who instanceof StaffAuthentication staff
        && Factor.isWhole(staff)
        && (act == 'r' || act == 's')
        && staff.work().roles().stream()
            .anyMatch((type.equals(AUDIT) ? AUDITORS : READERS)::contains);
  }

  /** Whether each of the wanted scopes is within one of those that were given. */
  static boolean covers(Collection<String> given, Collection<String> wanted) {
    return wanted.stream()
        .allMatch(
            one ->
                Scope.parse(one)
                    .map(
                        scope ->
                            given.stream()
                                .map(Scope::parse)
                                .flatMap(Optional::stream)
                                .anyMatch(held -> held.covers(scope)))
                    .orElse(false));
  }
}
