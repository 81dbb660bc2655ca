package org.openrcm.remittance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Envelopes;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Unreadable;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;

/**
 * Turns the segments of 835 transaction sets into remittances, one claim at a time, and checks that
 * they balance. Holds one claim in memory, whatever the size of the check.
 *
 * <p>A reader is for one file: it counts how often the file repeats a transaction set.
 */
public final class RemittanceReader implements SegmentHandler {
  private static final int NAMED_UNBALANCED = 20;
  private static final long LARGEST_SUM = Long.MAX_VALUE / 4;
  private static final long KEPT_OUTSIDE_CLAIMS = 1L << 20;

  private final RemittanceHandler handler;
  private final FindingSink findings;
  private final Values values;
  private final Figures figures;
  private final ClaimAssembler claim;
  private final Envelopes envelopes;

  private boolean inSet;
  private @Nullable HeaderAssembler header;
  private @Nullable Remittance remittance;
  private ClaimGroup group = ClaimGroup.NONE;
  private int claims;
  private int unread;
  private Money charged = Money.ZERO;
  private Money paid = Money.ZERO;
  private Money adjusted = Money.ZERO;
  private final List<Long> unbalanced = new ArrayList<>();
  private final List<Unmapped> unmapped = new ArrayList<>();
  private long unmappedBytes;

  /**
   * A reader of one file.
   *
   * @param file its name
   * @param fileHash SHA-256 of its bytes as received, in hexadecimal; empty when not known
   */
  public RemittanceReader(
      String file, String fileHash, RemittanceHandler handler, FindingSink findings) {
    this.envelopes = new Envelopes(file, fileHash);
    this.handler = handler;
    this.findings = findings;
    this.values = new Values(findings);
    this.figures = new Figures(values);
    this.claim = new ClaimAssembler(file, findings, values);
  }

  @Override
  public void segment(Segment segment) {
    if (inSet) {
      inside(segment);
      return;
    }
    if (segment.key().equals("Transaction.ST")) {
      begin(segment);
    } else {
      envelopes.follow(segment);
    }
  }

  private void begin(Segment st) {
    if (!st.is(1, "835")) {
      findings.add(
          Adjudication.NOT_A_REMITTANCE,
          st.place().at("ST01"),
          "an 835 is expected; this transaction set is passed over");
      return;
    }
    inSet = true;
    header = new HeaderAssembler(envelopes.begin(st), st.place(), values, findings);
    remittance = null;
    group = ClaimGroup.NONE;
    claims = 0;
    unread = 0;
    charged = Money.ZERO;
    paid = Money.ZERO;
    adjusted = Money.ZERO;
    unbalanced.clear();
    unmapped.clear();
    unmappedBytes = 0;
  }

  private void inside(Segment segment) {
    if (claim.holds(segment)) {
      claim.add(segment);
      return;
    }
    switch (segment.key()) {
      case "2100.CLP" -> {
        endClaim();
        started();
        claim.begin(segment, group, claims + unread + 1);
      }
      case "2000.LX" -> {
        endClaim();
        started();
        group = new ClaimGroup(segment.text(1), null, null);
      }
      case "2000.TS3" ->
          group = new ClaimGroup(group.number(), providerTotals(segment), group.inpatient());
      case "2000.TS2" ->
          group =
              new ClaimGroup(
                  group.number(),
                  group.provider(),
                  new ClaimGroup.InpatientTotals(figures.figures(segment, "TS2", 1, 19)));
      case "Transaction.PLB" -> {
        endClaim();
        providerAdjustments(segment);
      }
      case "Transaction.SE" -> endClaim();
      default -> {
        HeaderAssembler current = header;
        if (claim.isOpen()) {
          claim.add(segment);
        } else if (current != null && remittance == null) {
          current.add(segment);
        } else {
          keep(segment);
        }
      }
    }
  }

  private void keep(Segment segment) {
    unmappedBytes += segment.byteLength();
    if (segment.isWhole() && unmappedBytes <= KEPT_OUTSIDE_CLAIMS) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  /** The header is complete: tells the handler, once. */
  private Remittance started() {
    Remittance current = remittance;
    HeaderAssembler assembler = header;
    if (current == null) {
      if (assembler == null) {
        throw new IllegalStateException("a claim before ST");
      }
      current = assembler.end();
      remittance = current;
      handler.start(current);
    }
    return current;
  }

  private ClaimGroup.ProviderTotals providerTotals(Segment ts3) {
    return new ClaimGroup.ProviderTotals(
        ts3.text(1),
        ts3.textOrNull(2),
        values.date(ts3, 3),
        values.quantity(ts3, 4),
        values.money(ts3, 5),
        figures.figures(ts3, "TS3", 6, 24));
  }

  private void providerAdjustments(Segment plb) {
    Remittance current = started();
    String provider = plb.text(1);
    for (int i = 3; i <= 13; i += 2) {
      if (plb.isEmpty(i) && plb.isEmpty(i + 1)) {
        continue;
      }
      Money amount = values.money(plb, i + 1);
      if (amount == null || isTooMuch(adjusted, plb.place())) {
        unread++;
        continue;
      }
      adjusted = adjusted.plus(amount);
      handler.adjustment(
          current,
          new ProviderAdjustment(
              provider,
              values.date(plb, 2),
              plb.text(i, 1),
              plb.textOrNull(i, 2),
              amount,
              plb.number()));
    }
  }

  /** Whether a sum has grown so large that one more amount might not fit. */
  private boolean isTooMuch(Money sum, Place place) {
    if (Math.abs(sum.cents()) < LARGEST_SUM) {
      return false;
    }
    findings.add(
        Unreadable.AMOUNT_UNREADABLE, place, "the check's sums are beyond what can be held");
    return true;
  }

  private void endClaim() {
    if (!claim.isOpen()) {
      return;
    }
    ClaimPayment ended = claim.end();
    if (ended == null || isTooMuch(paid, claim.place()) || isTooMuch(charged, claim.place())) {
      unread++;
      return;
    }
    claims++;
    charged = charged.plus(ended.charged());
    paid = paid.plus(ended.paid());
    if (unbalanced.size() < NAMED_UNBALANCED && !claim.isBalanced()) {
      unbalanced.add(ended.segment());
    }
    handler.claim(started(), ended);
  }

  @Override
  public void endOfSet(SetEnd end) {
    HeaderAssembler current = header;
    if (!inSet || current == null) {
      return;
    }
    inSet = false;
    if (end == SetEnd.CUT_OFF && claim.isOpen()) {
      claim.refuse("the file ends before it does");
    }
    endClaim();
    Remittance whole = started();
    RemittanceHandler.Totals totals =
        new RemittanceHandler.Totals(
            claims, unread, charged, paid, adjusted, end, List.copyOf(unmapped));
    Place place = current.paymentPlace();
    Balancing.check(whole, totals, unbalanced, place, findings);
    handler.end(whole, totals);
    header = null;
    remittance = null;
  }
}
