package org.openrcm.posting;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.PostedLines;
import org.openrcm.money.Money;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which lines of an account a list shows, as sent with its address.
 *
 * @param view "references" to see what each comes to; empty for lines
 * @param claim number of a claim, in full; empty for all
 * @param reference a check's or a takeback's, in full; empty for all
 * @param from first day of posting as sent; empty for no bound
 * @param until last day of posting as sent; empty for no bound
 * @param asOf the day, or moment, whose books are looked at, as sent; empty for now
 * @param after where the part before ended; empty at the beginning
 */
record LedgerFilter(
    AccountKind account,
    String view,
    String claim,
    String reference,
    String from,
    String until,
    String asOf,
    String after) {
  private static final String REFERENCES = "references";

  static LedgerFilter of(AccountKind account, Map<String, String> sent) {
    String view = Sent.value(sent, "view");
    return new LedgerFilter(
        account,
        view.equals(REFERENCES) && goesByReference(account) ? view : "",
        Sent.value(sent, "claim"),
        Sent.value(sent, "reference"),
        Sent.value(sent, "from"),
        Sent.value(sent, "until"),
        Sent.value(sent, "asOf"),
        Sent.value(sent, "after"));
  }

  private static boolean goesByReference(AccountKind account) {
    return switch (account) {
      case CASH_CLEARING, UNAPPLIED_CREDIT, PAYER_BALANCE, PROVIDER_ADJUSTMENT, REFUND_PAYABLE ->
          true;
      default -> false;
    };
  }

  /** Whether money on the account is followed by references. */
  public boolean isByReference() {
    return goesByReference(account);
  }

  /** Whether it shows what each reference comes to. */
  public boolean isOfReferences() {
    return view.equals(REFERENCES);
  }

  /** What of it cannot be used, by field, in words. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    check("from", from, troubles);
    check("until", until, troubles);
    check("asOf", asOf, troubles);
    return troubles;
  }

  private static void check(String field, String text, Map<String, String> troubles) {
    if (!text.isEmpty() && PostingTime.end(text) == null) {
      troubles.put(field, PostingTime.TROUBLE);
    }
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return (claim + reference + from + until + asOf).isEmpty();
  }

  @Nullable Instant fromMoment() {
    return from.isEmpty() ? null : PostingTime.start(from);
  }

  @Nullable Instant untilMoment() {
    return until.isEmpty() ? null : PostingTime.end(until);
  }

  @Nullable Instant asOfMoment() {
    return asOf.isEmpty() ? null : PostingTime.end(asOf);
  }

  /** The list's address with one value changed, from its beginning. */
  public String address(String name, String value) {
    return Query.address("/ledger/" + account.slug(), values(name, value));
  }

  /** The address of the lines of a reference. */
  public String linesOf(String of) {
    return new LedgerFilter(account, "", claim, of, from, until, asOf, "").address("", "");
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return Query.address("/ledger/" + account.slug() + "/lines.csv", values("", ""));
  }

  private Map<String, String> values(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("view", view);
    values.put("claim", claim);
    values.put("reference", reference);
    values.put("from", from);
    values.put("until", until);
    values.put("asOf", asOf);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return values;
  }

  /** The line that the part before ended with; a place that is none is the beginning. */
  static PostedLines.@Nullable Key key(String after) {
    int at = after.indexOf('_');
    try {
      return at < 0
          ? null
          : new PostedLines.Key(
              Long.parseLong(after.substring(0, at)), Integer.parseInt(after.substring(at + 1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The reference that the part before ended with, likewise. */
  PostedLines.@Nullable OfReference lastReference() {
    boolean zero = after.startsWith("0_");
    return zero || after.startsWith("1_")
        ? new PostedLines.OfReference(after.substring(2), 0, zero ? Money.ZERO : Money.ofCents(1))
        : null;
  }

  static String key(PostedLines.OfReference row) {
    return (row.balance().isZero() ? "0_" : "1_") + row.reference();
  }
}
