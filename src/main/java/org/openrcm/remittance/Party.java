package org.openrcm.remittance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Reference;

/**
 * Payer or payee: loops 1000A and 1000B.
 *
 * @param name N102
 * @param idQualifier N103: {@code XX} NPI, {@code FI} tax number, {@code XV} plan id
 * @param id N104
 * @param address N3 and N4
 * @param references REF
 * @param contacts PER
 * @param delivery RDM, of the payee
 */
public record Party(
    @Nullable String name,
    @Nullable String idQualifier,
    @Nullable String id,
    @Nullable Address address,
    List<Reference> references,
    List<Contact> contacts,
    @Nullable Delivery delivery) {

  /** What stands in for a payer or payee whose loop is missing. */
  public static final Party MISSING = new Party(null, null, null, null, List.of(), List.of(), null);

  /** RDM: how the remittance itself is delivered. */
  public record Delivery(String method, @Nullable String name, @Nullable String address) {}
}
