package org.openrcm.claim;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;

/**
 * Somebody whom a claim names, with all that the loop of their NM1 says.
 *
 * @param loop its id, such as {@code 2010AA}, {@code 2310B}, {@code 2330B}, {@code 2420A}
 * @param person NM1
 * @param specialty PRV, null when not sent (that of a billing provider is in {@link Billing})
 * @param address N3 and N4
 * @param demographics DMG, of subscribers and patients
 * @param references REF
 * @param contacts PER
 * @param periods DTP, such as the day on which an earlier payer decided (2330B)
 */
public record Named(
    String loop,
    Person person,
    @Nullable Specialty specialty,
    @Nullable Address address,
    @Nullable Demographics demographics,
    List<ClaimReference> references,
    List<Contact> contacts,
    List<Period> periods) {

  /**
   * PRV.
   *
   * @param role PRV01: {@code BI} billing, {@code PE} performing, {@code AT} attending ...
   * @param taxonomy PRV03, a code of the provider taxonomy (PRV02 is always {@code PXC})
   */
  public record Specialty(String role, String taxonomy) {}

  /**
   * DMG.
   *
   * @param birthDate DMG02, null when it is missing or unreadable
   * @param sex DMG03: {@code F}, {@code M}, {@code U}
   */
  public record Demographics(@Nullable LocalDate birthDate, @Nullable String sex) {}

  /** NPI (NM108 {@code XX}), or null. */
  public @Nullable String npi() {
    return "XX".equals(person.idQualifier()) ? person.id() : null;
  }

  /** The first REF02 of this qualifier, or null. */
  public @Nullable String reference(String qualifier) {
    return ClaimReference.first(references, qualifier);
  }
}
