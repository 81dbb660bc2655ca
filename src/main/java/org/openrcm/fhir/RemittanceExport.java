package org.openrcm.fhir;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.Reversals;

/**
 * Writes remittances as FHIR resources while they are read, joined with the claims that they answer
 * where these are known.
 */
public final class RemittanceExport implements RemittanceHandler, AutoCloseable {
  private final BatchedOutput output;
  private final @Nullable BilledClaims billed;
  private final ThreadLocal<RemittanceResources> mappers;
  private final Map<String, LongAdder> missing = new ConcurrentHashMap<>();
  private final LongAdder claims = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder incomplete = new LongAdder();

  private List<PaymentReconciliations.Detail> details = new ArrayList<>();
  private Money detailed = Money.ZERO;
  private int part = 1;
  private Money givenToParts = Money.ZERO;
  private final Reversals reversals = new Reversals();

  /**
   * Writes to {@code output}, which stays open.
   *
   * @param provenance whether each claim comes with a Provenance
   */
  public RemittanceExport(ResourceOutput output, boolean provenance) {
    this(new BatchedOutput(output), provenance, null);
  }

  /**
   * Writes to {@code output}.
   *
   * @param provenance whether each claim comes with a Provenance
   * @param billed the claims that may have been answered, null for none
   */
  public RemittanceExport(BatchedOutput output, boolean provenance, @Nullable BilledClaims billed) {
    this.output = output;
    this.billed = billed;
    this.mappers = ThreadLocal.withInitial(() -> new RemittanceResources(provenance));
  }

  /**
   * What became of the claims that were to be joined.
   *
   * @param claims all of them
   * @param unknown those whose 837 is not among the claims
   * @param incomplete those whose EOB meets no profile of C4BB although the 837 is known
   * @param missing how many of these lack which element
   */
  public record Joins(long claims, long unknown, long incomplete, Map<String, Long> missing) {}

  /** What became of the claims so far; to be asked after {@link #flush}. */
  public Joins joins() {
    Map<String, Long> counts = new TreeMap<>();
    missing.forEach((element, count) -> counts.put(element, count.sum()));
    return new Joins(claims.sum(), unknown.sum(), incomplete.sum(), counts);
  }

  /** What comes next is from this file. */
  public void startFile(String name) throws IOException {
    output.startFile(name);
  }

  @Override
  public void start(Remittance remittance) {
    details = new ArrayList<>();
    detailed = Money.ZERO;
    part = 1;
    reversals.clear();
    output.add(into -> into.addAll(mappers.get().of(remittance, billed != null)));
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    String id = Identities.claimId(remittance, claim);
    String prior = reversals.prior(claim);
    detail(remittance, PaymentReconciliations.Detail.of(id, claim));
    output.add(into -> answer(remittance, claim, id, prior, into));
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    detail(remittance, PaymentReconciliations.Detail.of(adjustment));
  }

  private void detail(Remittance remittance, PaymentReconciliations.Detail detail) {
    if (details.size() == PaymentReconciliations.MOST_DETAILS) {
      payment(remittance, detailed, null);
      details = new ArrayList<>();
      part++;
    }
    details.add(detail);
    detailed = detailed.plus(detail.amount());
  }

  @Override
  public void end(Remittance remittance, Totals totals) {
    payment(remittance, remittance.payment().amount(), totals);
  }

  private void payment(Remittance remittance, @Nullable Money upTo, @Nullable Totals totals) {
    List<PaymentReconciliations.Detail> ofPart = details;
    int number = part;
    Money before = number == 1 ? Money.ZERO : givenToParts;
    Money amount = upTo == null ? null : upTo.minus(before);
    givenToParts = upTo == null ? before : upTo;
    output.add(into -> into.add(mappers.get().payment(remittance, ofPart, amount, number, totals)));
  }

  private void answer(
      Remittance remittance,
      ClaimPayment claim,
      String id,
      @Nullable String prior,
      BatchedOutput.Encoded into)
      throws IOException {
    Billed bill = billed == null ? null : billed.find(claim);
    RemittanceResources.Answer answer = mappers.get().of(remittance, claim, id, prior, bill);
    into.addAll(answer.resources());
    if (billed == null) {
      return;
    }
    claims.increment();
    if (bill == null) {
      unknown.increment();
    } else if (!answer.missing().isEmpty()) {
      incomplete.increment();
      for (String element : answer.missing()) {
        missing.computeIfAbsent(element, any -> new LongAdder()).increment();
      }
    }
  }

  /** Puts out all that is still in work. */
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public void close() {
    output.close();
  }
}
