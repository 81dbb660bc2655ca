package org.openrcm.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Reference;
import org.openrcm.claim.Claim;
import org.openrcm.claim.HealthCode;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Figure;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.ServicePayment;

/** Makes the CLP and SVC of an answer, with what the payer repeats of the claim. */
final class PaymentMaker {
  static final ClaimGroup GROUP = new ClaimGroup("1", null, null);

  /** CLP06 has fewer kinds of plan than SBR09. */
  private static final Set<String> FILINGS =
      Set.of(
          "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF",
          "TV", "VA", "WC", "ZZ");

  private static final int LONGEST_NUMBER = 38;

  private PaymentMaker() {}

  static ClaimPayment payment(Claim claim, Answer answer, LocalDate received) {
    boolean back = answer.isReversal();
    Money owes = Ruling.patientOwes(answer.rulings());
    return new ClaimPayment(
        GROUP,
        cut(answer.answers()),
        answer.status(),
        Ruling.charged(answer.rulings()),
        Ruling.paid(answer.rulings()),
        back || owes.isZero() ? null : owes,
        filing(claim.subscriber().membership().filingIndicator()),
        answer.number(),
        claim.facilityType(),
        claim.frequency(),
        drg(claim),
        null,
        null,
        wholeAdjustments(answer.rulings()),
        people(claim, answer),
        Pricing.isStay(claim) ? stay(answer.remarks()) : null,
        Pricing.isStay(claim) || answer.remarks().isEmpty()
            ? null
            : new Outcome(List.of(), answer.remarks()),
        references(claim, answer),
        dates(claim, received),
        List.of(),
        amounts(claim, answer),
        List.of(),
        lines(claim, answer),
        List.of(),
        0,
        0,
        -1,
        0);
  }

  /** The payment of a claim that nobody sent, for somebody whom nobody knows. */
  static ClaimPayment stranger(Claim like, Answer answer, LocalDate received, Dice dice) {
    Person somebody =
        new Person(
            "QC",
            false,
            Names.last(dice),
            Names.first(dice, "F"),
            null,
            null,
            "MI",
            "ZZZ" + dice.digits(9));
    return new ClaimPayment(
        GROUP,
        answer.answers(),
        answer.status(),
        Ruling.charged(answer.rulings()),
        Ruling.paid(answer.rulings()),
        null,
        filing(like.subscriber().membership().filingIndicator()),
        answer.number(),
        like.facilityType(),
        "1",
        null,
        null,
        null,
        wholeAdjustments(answer.rulings()),
        List.of(somebody),
        null,
        null,
        List.of(),
        List.of(new Dated("050", received)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        0,
        -1,
        0);
  }

  private static String cut(String number) {
    return number.length() > LONGEST_NUMBER ? number.substring(0, LONGEST_NUMBER) : number;
  }

  private static String filing(@Nullable String sent) {
    if (sent == null || !FILINGS.contains(sent)) {
      return "CI".equals(sent) || "11".equals(sent) ? "15" : "ZZ";
    }
    return sent;
  }

  private static @Nullable String drg(Claim claim) {
    for (HealthCode code : claim.codes()) {
      if (code.qualifier().equals("DR")) {
        return code.code();
      }
    }
    return null;
  }

  private static List<Adjustment> wholeAdjustments(List<Ruling> rulings) {
    return rulings.size() == 1 && rulings.get(0).line() == null
        ? rulings.get(0).adjustments()
        : List.of();
  }

  /** MIA01 must be there: covered days or visits, which this payer does not count. */
  private static Outcome stay(List<String> remarks) {
    return new Outcome(List.of(new Figure("MIA01", BigDecimal.ZERO)), remarks);
  }

  private static List<Person> people(Claim claim, Answer answer) {
    List<Person> people = new ArrayList<>();
    Person subscriber = claim.subscriber().person().person();
    Person patient = claim.treated().person();
    String id = patient.id() == null ? subscriber.id() : patient.id();
    people.add(as("QC", patient, "MI", id));
    if (claim.patient() != null) {
      people.add(as("IL", subscriber, "MI", subscriber.id()));
    }
    Named rendering = claim.provider("82");
    if (rendering != null && rendering.npi() != null) {
      people.add(as("82", rendering.person(), "XX", rendering.npi()));
    }
    if (answer.status().equals("19")) {
      people.add(nextPayer(claim));
    }
    return List.copyOf(people);
  }

  private static Person as(
      String entity, Person person, @Nullable String qualifier, @Nullable String id) {
    return new Person(
        entity,
        person.organization(),
        person.lastName(),
        person.firstName(),
        person.middleName(),
        person.suffix(),
        id == null ? null : qualifier,
        id);
  }

  /** Whom the claim is handed on to: the next that it names, or one that this payer knows of. */
  private static Person nextPayer(Claim claim) {
    OtherCoverage next = Pricing.nextPayer(claim);
    Named named = next == null ? null : next.payer();
    if (named == null || named.person().id() == null) {
      return Parties.organization("TT", "EVENTIDE SUPPLEMENT", "PI", "EVSUP");
    }
    return as("TT", named.person(), "PI", named.person().id());
  }

  private static List<Reference> references(Claim claim, Answer answer) {
    List<Reference> references = new ArrayList<>();
    String group = claim.subscriber().membership().group();
    if (group != null) {
      references.add(new Reference("1L", group));
    }
    String record = claim.reference("EA");
    if (record != null) {
      references.add(new Reference("EA", record));
    }
    if (answer.prior() != null) {
      references.add(new Reference("F8", answer.prior()));
    }
    return List.copyOf(references);
  }

  private static List<Dated> dates(Claim claim, LocalDate received) {
    List<Dated> dates = new ArrayList<>();
    Period statement = claim.period("434");
    LocalDate start = statement == null ? null : statement.start();
    LocalDate end = statement == null ? null : statement.last();
    if (start != null && end != null) {
      dates.add(new Dated("232", start));
      dates.add(new Dated("233", end));
    }
    dates.add(new Dated("050", received));
    return List.copyOf(dates);
  }

  private static List<Amount> amounts(Claim claim, Answer answer) {
    if (answer.isReversal()) {
      return List.of();
    }
    List<Amount> amounts = new ArrayList<>();
    Money allowed = Money.ZERO;
    for (Ruling ruling : answer.rulings()) {
      allowed = allowed.plus(ruling.allowed());
    }
    if (!allowed.isZero()) {
      amounts.add(new Amount("AU", allowed));
    }
    for (Amount sent : claim.amounts()) {
      if (sent.qualifier().equals("F5")) {
        amounts.add(sent);
      }
    }
    if (!answer.interest().isZero()) {
      amounts.add(new Amount("I", answer.interest()));
    }
    return List.copyOf(amounts);
  }

  private static List<ServicePayment> lines(Claim claim, Answer answer) {
    List<ServicePayment> lines = new ArrayList<>();
    for (Ruling ruling : answer.rulings()) {
      ServiceLine line = ruling.line();
      if (line != null) {
        lines.add(line(claim, line, ruling, answer));
      }
    }
    return List.copyOf(lines);
  }

  private static ServicePayment line(Claim claim, ServiceLine line, Ruling ruling, Answer answer) {
    boolean back = answer.isReversal();
    Procedure sent = line.procedure();
    String revenue = line.revenueCode();
    boolean byRevenue = sent == null && revenue != null;
    Procedure procedure =
        sent == null
            ? new Procedure(byRevenue ? "NU" : "HC", Pricing.code(line), List.of(), null)
            : new Procedure(sent.qualifier(), sent.code(), sent.modifiers(), null);
    Money allowed = ruling.allowed();
    return new ServicePayment(
        procedure,
        ruling.charged(),
        ruling.paid().plus(ruling.error()),
        byRevenue ? null : revenue,
        back ? null : line.quantity(),
        null,
        null,
        lineDates(claim, line),
        ruling.adjustments(),
        controlNumber(claim, line, answer),
        back || allowed.isZero() ? List.of() : List.of(new Amount("B6", allowed)),
        List.of(),
        ruling.remarks().stream().map(code -> new ServicePayment.Remark("HE", code)).toList(),
        0);
  }

  /** As sent; of a claim that is split, otherwise the line's number (LX01). */
  private static List<Reference> controlNumber(Claim claim, ServiceLine line, Answer answer) {
    String control = line.controlNumber();
    if (control == null && answer.rulings().size() == claim.lines().size()) {
      return List.of();
    }
    return List.of(new Reference("6R", control == null ? line.number() : control));
  }

  private static List<Dated> lineDates(Claim claim, ServiceLine line) {
    Period served = line.period("472");
    if (served == null) {
      served = claim.period("472");
    }
    LocalDate start = served == null ? null : served.start();
    LocalDate end = served == null ? null : served.last();
    if (start == null || end == null) {
      return List.of();
    }
    return start.equals(end)
        ? List.of(new Dated("472", start))
        : List.of(new Dated("150", start), new Dated("151", end));
  }
}
