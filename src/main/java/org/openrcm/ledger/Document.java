package org.openrcm.ledger;

/**
 * What an entry is for.
 *
 * @param number of the claim, the remittance, the patient's payment or the refund
 * @param place of the claim payment or the provider adjustment in its remittance, from 1; 0 for the
 *     others
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

  public static Document patientPayment(long number) {
    return new Document(Source.PATIENT_PAYMENT, number, 0);
  }

  public static Document refund(long number) {
    return new Document(Source.REFUND, number, 0);
  }
}
