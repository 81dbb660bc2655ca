package org.openrcm.remittance;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** N3 and N4; country and its subdivision are ISO 3166 codes. */
  public record Address(
      List<String> lines,
      @Nullable String city,
      @Nullable String state,
      @Nullable String postalCode,
      @Nullable String country,
      @Nullable String subdivision) {}

  /**
   * PER: a person or office and up to three ways to reach it.
   *
   * @param function PER01: {@code CX} claims, {@code BL} technical, {@code IC} web site
   */
  public record Contact(String function, @Nullable String name, List<Channel> channels) {}

  /**
   * A qualifier ({@code TE} telephone, {@code EM} e-mail, {@code UR} address, ...) and a number.
   */
  public record Channel(String qualifier, String value) {}

  /** RDM: how the remittance itself is delivered. */
  public record Delivery(String method, @Nullable String name, @Nullable String address) {}
}
