package org.openrcm.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.claim.Detail;
import org.openrcm.claim.LineDecision;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.Period;
import org.openrcm.claim.PlanMembership;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/**
 * The other coverage of a claim (2320), with what the earlier payer decided where the claim goes to
 * the one after it.
 *
 * @param day on which it decided; null when it is still to be asked
 */
record EarlierPayer(
    Household household, Payer payer, String sequence, String filing, @Nullable LocalDate day) {

  /** The lines with the earlier payer's decision (2430); as they are when it made none of them. */
  List<ServiceLine> decided(List<ServiceLine> lines, boolean stay) {
    if (day == null || stay) {
      return lines;
    }
    List<ServiceLine> decided = new ArrayList<>();
    for (ServiceLine line : lines) {
      long allowed = payer.allowed(line.charged().cents(), Pricing.code(line));
      LineDecision decision =
          new LineDecision(
              payer.id(),
              Money.ofCents(allowed - share(allowed)),
              line.procedure(),
              line.revenueCode(),
              line.quantity(),
              null,
              adjustments(line.charged().cents(), allowed),
              List.of(new Period("573", day, null, null)),
              List.of());
      decided.add(LineMaker.changed(line, line.charged(), line.quantity(), List.of(decision)));
    }
    return List.copyOf(decided);
  }

  /** The loop 2320 of a claim of these lines and this charge. */
  OtherCoverage coverage(List<ServiceLine> lines, Money charged, boolean stay) {
    List<Adjustment> adjustments = List.of();
    List<Amount> amounts = List.of();
    List<Period> decidedOn = List.of();
    if (day != null && stay) {
      long allowed = payer.allowed(charged.cents(), "STAY");
      adjustments = adjustments(charged.cents(), allowed);
      amounts = List.of(new Amount("D", Money.ofCents(allowed - share(allowed))));
      decidedOn = List.of(new Period("573", day, null, null));
    } else if (day != null) {
      long paid = 0;
      for (ServiceLine line : lines) {
        paid += line.decisions().get(0).paid().cents();
      }
      amounts = List.of(new Amount("D", Money.ofCents(paid)));
    }
    Named organization =
        new Named(
            "2330B",
            Parties.organization("PR", payer.name(), "PI", payer.id()),
            null,
            null,
            null,
            List.of(),
            List.of(),
            decidedOn);
    Member subscriber = household.subscriber();
    Named person =
        new Named(
            "2330A",
            Parties.person("IL", subscriber, "MI", household.memberId(payer)),
            null,
            subscriber.address(),
            null,
            List.of(),
            List.of(),
            List.of());
    return new OtherCoverage(
        new PlanMembership(sequence, "18", null, payer.name(), null, filing),
        adjustments,
        amounts,
        List.of(new Detail("OI", List.of("", "", "Y", "", "", "Y"))),
        person,
        organization,
        List.of());
  }

  private long share(long allowed) {
    return allowed * payer.coinsurance() / 100;
  }

  private List<Adjustment> adjustments(long charged, long allowed) {
    List<Adjustment> adjustments = new ArrayList<>(2);
    if (charged > allowed) {
      adjustments.add(adjustment("CO", "45", charged - allowed));
    }
    if (share(allowed) > 0) {
      adjustments.add(adjustment("PR", "2", share(allowed)));
    }
    return List.copyOf(adjustments);
  }

  private static Adjustment adjustment(String group, String carc, long cents) {
    return new Adjustment(group, carc, Money.ofCents(cents), null, 0);
  }
}
