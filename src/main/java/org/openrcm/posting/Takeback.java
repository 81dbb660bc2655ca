package org.openrcm.posting;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.ContentId;

/**
 * Money that a payer takes back, brings forward or got back, followed by its reference from check
 * to check.
 *
 * @param reference as the ledger has it: the kind (PLB03-1), and what it goes by
 * @param balance credit (negative) is still the payer's
 * @param explained what of it was charged to the claim it names, as no reversal tells of it
 * @param entry the latest
 */
record Takeback(
    String reference,
    long balance,
    long explained,
    @Nullable String payerName,
    LocalDate since,
    LocalDate last,
    long steps,
    long entry) {
  private static final CodeList KINDS = CodeList.load("provider-adjustment-reason");

  /** By which a takeback has its address: no reference of a payer gets into one. */
  static UUID id(String reference) {
    return ContentId.uuid(ContentId.of(kind(reference), number(reference)));
  }

  private static String kind(String reference) {
    int at = reference.indexOf(' ');
    return at < 0 ? reference : reference.substring(0, at);
  }

  private static String number(String reference) {
    int at = reference.indexOf(' ');
    return at < 0 ? "" : reference.substring(at + 1);
  }

  public UUID id() {
    return id(reference);
  }

  public String kind() {
    return kind(reference);
  }

  public String kindWords() {
    return KINDS.words(kind(), null).orElse(kind());
  }

  /** The payer's own number; of a balance carried forward its payer and provider. */
  public String number() {
    return number(reference);
  }

  public boolean isForward() {
    return kind().equals("FB");
  }

  /** Whether it is of a refund that the payer says it got. */
  public boolean isRefund() {
    return !isForward() && !kind().equals("WO");
  }

  public boolean isOpen() {
    return balance != 0;
  }

  /** How it stands, in a few words. */
  public String state() {
    if (balance == 0) {
      return explained == 0 ? "Settled" : "Settled: charged to its claim";
    }
    if (balance < 0) {
      return isRefund() ? "Refund to be booked" : "To be taken from a later check";
    }
    return isForward() ? "Taken, but never carried forward" : "Taken without a reversal";
  }

  public String meaning() {
    return balance > 0 ? "wrong" : balance < 0 ? "attention" : explained == 0 ? "good" : "neutral";
  }
}
