package org.openrcm.ledger;

/**
 * What an entry is for.
 *
 * @param number of the claim, or of the remittance
 * @param place of the claim payment or the provider adjustment in its remittance, from 1; 0 for a
 *     claim and for a check
 */
public record Document(Source source, long number, int place) {

  public static Document claim(long number) {
    return new Document(Source.CLAIM, number, 0);
  }

  public static Document payment(long remittance, int ordinal) {
    return new Document(Source.PAYMENT, remittance, ordinal);
  }

  public static Document adjustment(long remittance, int position) {
    return new Document(Source.PROVIDER_ADJUSTMENT, remittance, position);
  }

  public static Document check(long remittance) {
    return new Document(Source.CHECK, remittance, 0);
  }
}
