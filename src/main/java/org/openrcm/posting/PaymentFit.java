package org.openrcm.posting;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.StoredBill;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/** How well a claim fits a payment, of 100 points. */
final class PaymentFit {
  private static final int NEAR_DAYS = 3;
  private static final int MEMBER = 25;
  private static final int NUMBER = 20;
  private static final int NEARLY = 14;
  private static final int LAST_NAME = 10;
  private static final int FIRST_NAME = 5;
  private static final int DAY = 20;
  private static final int NEAR_DAY = 8;
  private static final int CHARGE = 15;
  private static final int PAYER = 5;

  private PaymentFit() {}

  /** The patient, as sent and as corrected, and the subscriber. */
  static List<Person> people(ClaimPayment payment) {
    List<Person> people = new ArrayList<>();
    for (String role : new String[] {"QC", "74", "IL"}) {
      Person person = payment.person(role);
      if (person != null) {
        people.add(person);
      }
    }
    return people;
  }

  /** The first day of service that a payment tells. */
  static @Nullable LocalDate day(ClaimPayment payment) {
    LocalDate first = null;
    for (ServicePayment line : payment.lines()) {
      for (var dated : line.dates()) {
        boolean service = dated.qualifier().equals("472") || dated.qualifier().equals("150");
        first = service ? earlier(first, dated.date()) : first;
      }
    }
    for (var dated : payment.dates()) {
      first = dated.qualifier().equals("232") && first == null ? dated.date() : first;
    }
    return first;
  }

  private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  /** Points, and the reasons for them into the likeness. */
  static int score(
      StoredBill bill, ClaimPayment payment, @Nullable String payer, Likeness likeness) {
    Claim claim = bill.claim();
    members(claim, payment, likeness);
    names(claim, payment, likeness);
    numbers(bill, payment, likeness);
    days(Bill.of(bill).day(), day(payment), likeness);
    Money charge = payment.charged();
    Money off = claim.charged().minus(charge.isNegative() ? charge.negated() : charge);
    if (off.isZero()) {
      likeness.fits(CHARGE, "charge");
    } else {
      likeness.remark(
          0, "the charge differs by " + (off.isNegative() ? off.negated() : off).toDecimal());
    }
    payer(claim, payer, PAYER, likeness);
    return likeness.score();
  }

  private static void members(Claim claim, ClaimPayment payment, Likeness likeness) {
    Set<String> ours = new LinkedHashSet<>();
    ours.add(Likeness.plain(claim.subscriber().person().person().id()));
    ours.add(Likeness.plain(claim.treated().person().id()));
    ours.remove("");
    Set<String> theirs = new LinkedHashSet<>();
    people(payment).forEach(person -> theirs.add(Likeness.plain(person.id())));
    theirs.remove("");
    if (theirs.stream().anyMatch(ours::contains)) {
      likeness.fits(MEMBER, "member number");
    } else if (!ours.isEmpty() && !theirs.isEmpty()) {
      likeness.remark(0, "the member number differs");
    }
  }

  private static void names(Claim claim, ClaimPayment payment, Likeness likeness) {
    Person ours = claim.treated().person();
    boolean last = false;
    boolean first = false;
    for (Person person : people(payment)) {
      last |= same(person.lastName(), ours.lastName());
      first |= same(person.firstName(), ours.firstName());
    }
    if (last && first) {
      likeness.fits(LAST_NAME + FIRST_NAME, "name");
    } else if (last) {
      likeness.fits(LAST_NAME, "last name");
      likeness.remark(0, "the first name differs");
    } else if (first) {
      likeness.fits(FIRST_NAME, "first name");
      likeness.remark(0, "the last name differs");
    } else {
      likeness.remark(0, "the name differs");
    }
  }

  static boolean same(@Nullable String one, @Nullable String other) {
    return !Likeness.plain(one).isEmpty() && Likeness.plain(one).equals(Likeness.plain(other));
  }

  private static void numbers(StoredBill bill, ClaimPayment payment, Likeness likeness) {
    String ours = bill.claim().patientControlNumber();
    String theirs = payment.patientControlNumber();
    String plainOurs = Likeness.plain(ours);
    String plainTheirs = Likeness.plain(theirs);
    if (ours.equals(theirs)) {
      likeness.fits(NUMBER, "claim number");
    } else if (same(payment.payerClaimControlNumber(), bill.payerClaimNumber())) {
      likeness.fits(NUMBER, "payer's number");
    } else if (!plainOurs.isEmpty() && plainOurs.equals(plainTheirs)) {
      likeness.remark(NUMBER, "the claim number is only written differently");
    } else if (Likeness.isOneApart(plainOurs, plainTheirs)) {
      likeness.remark(NEARLY, "the claim number differs by one character");
    } else if (Likeness.isCutOff(plainOurs, plainTheirs)) {
      likeness.remark(NEARLY, "the claim number begins alike");
    }
  }

  private static void days(LocalDate ours, @Nullable LocalDate theirs, Likeness likeness) {
    if (theirs == null) {
      return;
    }
    long apart = Math.abs(ChronoUnit.DAYS.between(ours, theirs));
    if (apart == 0) {
      likeness.fits(DAY, "day");
    } else if (apart <= NEAR_DAYS) {
      likeness.remark(NEAR_DAY, "the day is off by " + apart);
    } else {
      likeness.remark(0, "the day differs");
    }
  }

  static void payer(Claim claim, @Nullable String payer, int points, Likeness likeness) {
    if (payer != null) {
      if (same(payer, claim.subscriber().payer().person().lastName())) {
        likeness.fits(points, "payer");
      } else {
        likeness.remark(0, "another payer was billed");
      }
    }
  }
}
