package org.openrcm.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.PatientLogins;
import org.openrcm.identity.PatientNames;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.identity.SignedInPatient;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounts that a login opens, of one practice or several: each is looked at in its own. */
@Component
class OwnBills {
  private final PatientLogins logins;
  private final PatientNames names;
  private final Practices practices;
  private final Accounts accounts;
  private final JdbcClient sql;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  OwnBills(
      PatientLogins logins,
      PatientNames names,
      Practices practices,
      Accounts accounts,
      JdbcClient sql,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.logins = logins;
    this.names = names;
    this.practices = practices;
    this.accounts = accounts;
    this.sql = sql;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** All of who is signed in, on record as looked at. */
  List<OwnBill> of(SignedInPatient patient) {
    List<OwnBill> all = all(patient);
    all.forEach(bill -> record(Action.VIEW, patient, bill));
    return all;
  }

  private List<OwnBill> all(SignedInPatient patient) {
    PatientLogins.Login login = logins.find(Objects.requireNonNull(patient.login())).orElseThrow();
    List<OwnBill> all = new ArrayList<>();
    for (PatientLogins.Bill bill : login.bills()) {
      UUID id = id(bill);
      if (id != null) {
        all.add(
            new OwnBill(
                id,
                bill.practice(),
                bill.account(),
                names.find(bill.practice(), bill.account()).orElse(""),
                practices.find(bill.practice()).map(Practice::name).orElse(""),
                bill.practice().equals(patient.practice()) && bill.account() == patient.account()));
      }
    }
    return all;
  }

  private @Nullable UUID id(PatientLogins.Bill bill) {
    return Actor.current()
        .concerning(bill.practice())
        .call(
            () ->
                Objects.requireNonNull(
                    transaction.execute(
                        status ->
                            sql.sql("select id from account where number = ?")
                                .param(bill.account())
                                .query(UUID.class)
                                .optional())))
        .orElse(null);
  }

  /** The patient with another of their own accounts open; empty when it is not theirs. */
  Optional<SignedInPatient> choose(SignedInPatient patient, String id) {
    Optional<OwnBill> wanted =
        all(patient).stream().filter(bill -> bill.id().toString().equals(id)).findFirst();
    if (wanted.isEmpty()) {
      audit.denied(Action.PRIVILEGE, Subject.list("Account"), "not an account of this sign-in");
      return Optional.empty();
    }
    record(Action.PRIVILEGE, patient, wanted.get());
    return wanted.map(bill -> with(patient, bill.practice(), bill.account(), bill.patient()));
  }

  /** Lets the login open what a code opened just now; empty when it opens too many. */
  Optional<SignedInPatient> add(SignedInPatient patient, CodeSignIn.Opened opened) {
    UUID login = Objects.requireNonNull(patient.login());
    SignedInPatient with =
        with(
            patient,
            opened.practice(),
            opened.account(),
            names.find(opened.practice(), opened.account()).orElse(""));
    Boolean added =
        with.actor(Actor.current())
            .call(
                () ->
                    transaction.execute(
                        status -> {
                          audit.record(
                              Action.PRIVILEGE,
                              Subject.of("Account", opened.accountId()),
                              accounts.patients(List.of(opened.account())));
                          return logins.add(login, opened.practice(), opened.account());
                        }));
    return Boolean.TRUE.equals(added) ? Optional.of(with) : Optional.empty();
  }

  private static SignedInPatient with(
      SignedInPatient patient, UUID practice, long account, String name) {
    return new SignedInPatient(practice, account, patient.login(), name);
  }

  private void record(Action action, SignedInPatient patient, OwnBill bill) {
    with(patient, bill.practice(), bill.account(), bill.patient())
        .actor(Actor.current())
        .run(
            () ->
                transaction.executeWithoutResult(
                    status ->
                        audit.record(
                            action,
                            Subject.of("Account", bill.id()),
                            accounts.patients(List.of(bill.account())))));
  }
}
