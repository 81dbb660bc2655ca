package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A visit as its patient reads it: {@code charged = discount + insurers + waiting + refused +
 * share} and {@code owed = share - paid - forgiven - givenUp}, all of it drawn as on a statement.
 *
 * @param claim its number
 * @param services what was done, in a few words
 * @param waiting what insurers have yet to decide on
 * @param refused what an insurer refused, and the office works on
 * @param owed by the books; {@link #due} is what is asked for
 * @param bar where the charges went
 */
public record BillVisit(
    UUID id,
    long claim,
    LocalDate from,
    @Nullable LocalDate until,
    @Nullable String provider,
    String services,
    State state,
    Money charged,
    Money discount,
    List<Insurer> insurers,
    Money waiting,
    Money refused,
    Money share,
    Money paid,
    Money forgiven,
    Money givenUp,
    Money owed,
    List<Why> why,
    List<Remarks.Remark> remarks,
    List<Line> lines,
    List<Written.Part> bar) {

  /** How it stands for the patient. */
  public enum State {
    TO_PAY,
    WITH_INSURER,
    /** Somebody of the office has to look at it first. */
    LOOKED_INTO,
    DISPUTED,
    /** A program pays what Medicare leaves. */
    MEDICARE,
    /** Protected from a surprise bill. */
    SURPRISE,
    PAID,
    /** More was paid than is owed. */
    OVERPAID,
    /** Nothing of it was ever the patient's. */
    NOTHING;

    static State of(Visit visit, List<Reason> reasons) {
      Set<Withheld> why = reasons.stream().map(Reason::why).collect(Collectors.toSet());
      if (why.contains(Withheld.VISIT_DISPUTED)) {
        return DISPUTED;
      }
      if (why.contains(Withheld.INSURER_TO_ANSWER)) {
        return WITH_INSURER;
      }
      if (why.contains(Withheld.QMB)) {
        return MEDICARE;
      }
      if (why.contains(Withheld.NO_SURPRISES)) {
        return SURPRISE;
      }
      if (!why.isEmpty()) {
        return LOOKED_INTO;
      }
      int owed = visit.owed().compareTo(Money.ZERO);
      return owed > 0
          ? TO_PAY
          : owed < 0 ? OVERPAID : visit.sums().share().isZero() ? NOTHING : PAID;
    }

    /** As keys of texts have it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Whether it is not known yet, or not agreed on, what the patient owes. */
    public boolean isOpen() {
      return this != TO_PAY && this != PAID && this != OVERPAID && this != NOTHING;
    }
  }

  /**
   * What an insurer paid, zero too.
   *
   * @param name empty when it is not known which
   */
  public record Insurer(String name, LocalDate day, Money paid) {}

  /** Why a part is the patient's. */
  public record Why(String label, Money amount, String words) {}

  /**
   * A service.
   *
   * @param number LX01; null for what is of the visit as a whole
   */
  public record Line(
      @Nullable Integer number,
      LocalDate day,
      String name,
      Money charged,
      Money discount,
      Money insurers,
      Money share) {}

  static BillVisit of(Visit visit, List<Reason> reasons, Written write) {
    Content.BilledVisit drawn = Drawing.visit(visit);
    Sums sums = visit.sums();
    Money waiting = sums.pending().amount();
    Money refused = sums.refused().amount();
    return new BillVisit(
        visit.id(),
        visit.number(),
        visit.from(),
        visit.until(),
        visit.provider(),
        write.services(drawn),
        State.of(visit, reasons),
        drawn.charged().amount(),
        drawn.discount().amount(),
        drawn.insurers().stream()
            .map(each -> new Insurer(each.name(), each.day(), each.paid().amount()))
            .toList(),
        waiting,
        refused,
        sums.share(),
        drawn.paid().amount(),
        drawn.forgiven().amount(),
        sums.givenUp().amount(),
        visit.owed(),
        drawn.shares().stream().map(share -> why(drawn, share, write)).toList(),
        write.remarks(drawn),
        lines(visit, drawn, write),
        write.bar(drawn, waiting.plus(refused)));
  }

  private static Why why(Content.BilledVisit visit, Content.Share share, Written write) {
    Reasons.Reason reason = write.reason(visit, share);
    return new Why(reason.label(), share.amount().amount(), reason.why());
  }

  private static List<Line> lines(Visit visit, Content.BilledVisit drawn, Written write) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < drawn.services().size(); i++) {
      Content.Service service = drawn.services().get(i);
      lines.add(
          new Line(
              visit.services().get(i).number(),
              service.day(),
              write.service(service),
              service.charged(),
              service.discount(),
              service.insurers(),
              service.share()));
    }
    return lines;
  }

  /** What is asked for: what is owed, once nothing stands in the way. */
  public Money due() {
    return state == State.TO_PAY ? owed : Money.ZERO;
  }

  public Money paidByInsurers() {
    return insurers.stream().map(Insurer::paid).reduce(Money.ZERO, Money::plus);
  }

  /** What nobody has decided on for good. */
  public Money open() {
    return waiting.plus(refused);
  }
}
