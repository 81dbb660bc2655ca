package org.openrcm.posting;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Claims;
import org.openrcm.claim.StoredBill;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.Wording;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Claims that a payment, or a takeback, may be for: those that have something in common with it,
 * the most alike first. They are found by what indexes lead to; none is ever applied by itself.
 */
@Component
class Candidates {
  private static final int MOST = 10;
  private static final int LOOKED_AT = 100;
  private static final int LEAST = 25;
  private static final int NEAR_DAYS = 3;
  private static final int LONGEST_NUMBER = 12;
  private static final String TO_THE_END = "\uffff";

  private static final int MEMBER = 25;
  private static final int NUMBER = 20;
  private static final int NEARLY = 14;
  private static final int LAST_NAME = 10;
  private static final int FIRST_NAME = 5;
  private static final int DAY = 20;
  private static final int NEAR_DAY = 8;
  private static final int CHARGE = 15;
  private static final int PAYER = 5;

  private static final int REFERENCE = 60;
  private static final int ONE_APART = 45;
  private static final int CUT_OFF = 35;
  private static final int PAID = 25;
  private static final int PAID_MORE = 10;
  private static final int TAKING_PAYER = 15;

  private final JdbcClient sql;
  private final Claims claims;

  Candidates(JdbcClient sql, Claims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  /** At most ten claims that a payment may be for. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Candidate> of(ClaimPayment payment, @Nullable String payer) {
    Set<UUID> found = new LinkedHashSet<>(numbered(payment));
    LocalDate day = day(payment);
    Set<UUID> patients = patients(payment);
    if (!patients.isEmpty()) {
      found.addAll(
          sql.sql(
                  """
                  select id from claim where patient_id = any (:patients)
                  order by abs(service_from - :day::date), number desc limit :most
                  """)
              .param("patients", patients.toArray(UUID[]::new))
              .param("day", day == null ? null : day.toString())
              .param("most", LOOKED_AT)
              .query(UUID.class)
              .list());
    }
    if (day != null) {
      found.addAll(
          sql.sql(
                  """
                  select id from claim where service_from = ? and charged_cents = ?
                  order by number desc limit ?
                  """)
              .params(day, payment.charged().cents(), LOOKED_AT)
              .query(UUID.class)
              .list());
    }
    return best(found, (bill, likeness) -> score(bill, payment, day, payer, likeness));
  }

  /** By what was sent as its number, and by what may have been meant. */
  private List<UUID> numbered(ClaimPayment payment) {
    String control = payment.patientControlNumber();
    boolean cut = control.length() >= Likeness.LONG_ENOUGH;
    String payers = Objects.requireNonNullElse(payment.payerClaimControlNumber(), "");
    return sql.sql(
            """
            select id from claim where patient_control_number = any (:numbers)
            union select id from claim where payer_claim_number = :payers and :payers <> ''
            union (select id from claim
              where patient_control_number >= :from and patient_control_number < :to limit :most)
            limit :most
            """)
        .param("numbers", variants(control).toArray(String[]::new))
        .param("payers", payers)
        .param("from", cut ? control : "")
        .param("to", cut ? control + TO_THE_END : "")
        .param("most", LOOKED_AT)
        .query(UUID.class)
        .list();
  }

  /** How a number may be written otherwise: case, punctuation, leading zeros, what hangs on it. */
  static Set<String> variants(String number) {
    Set<String> variants = new LinkedHashSet<>();
    for (String part : new String[] {number, number.split("[\\s*/|]", 2)[0]}) {
      String upper = part.toUpperCase(Locale.ROOT);
      String bare = upper.replaceAll("[^\\p{L}\\p{N}]", "");
      variants.add(part);
      for (String form : new String[] {upper, bare, hyphenated(bare), hyphenated(upper)}) {
        variants.add(form);
        variants.add(form.replaceAll("(?<![0-9])0+(?=[0-9])", ""));
      }
      if (bare.matches("[0-9]{1," + LONGEST_NUMBER + "}")) {
        String padded = bare.replaceFirst("^0+(?=[0-9])", "");
        while (padded.length() < LONGEST_NUMBER) {
          padded = "0" + padded;
          variants.add(padded);
        }
      }
    }
    variants.remove("");
    return variants;
  }

  /** LFP6221 as LFP-6221. */
  private static String hyphenated(String number) {
    return number.replaceAll("(?<=[\\p{L}])(?=[0-9])|(?<=[0-9])(?=[\\p{L}])", "-");
  }

  /** Patients of this member number, or of this name. */
  private Set<UUID> patients(ClaimPayment payment) {
    Set<UUID> patients = new LinkedHashSet<>();
    for (Person person : people(payment)) {
      if (person.id() != null) {
        patients.addAll(patients(words(person.id())));
      }
      if (person.lastName() != null && person.firstName() != null) {
        patients.addAll(patients(words(person.lastName() + " " + person.firstName())));
      }
    }
    return patients;
  }

  /** As {@code billed_word} has them. */
  private static Set<String> words(String text) {
    Set<String> words =
        new LinkedHashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[\\s,]+")));
    words.remove("");
    return words;
  }

  private List<UUID> patients(Set<String> words) {
    return sql.sql(
            """
            select patient_id from billed_word where word = any (?)
            group by patient_id having count(*) = ? limit ?
            """)
        .param(words.toArray(String[]::new))
        .param(words.size())
        .param(LOOKED_AT)
        .query(UUID.class)
        .list();
  }

  private static List<Person> people(ClaimPayment payment) {
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

  private static int score(
      StoredBill bill,
      ClaimPayment payment,
      @Nullable LocalDate day,
      @Nullable String payer,
      Likeness likeness) {
    Claim claim = bill.claim();
    members(claim, payment, likeness);
    names(claim, payment, likeness);
    numbers(bill, payment, likeness);
    days(Bill.of(bill).day(), day, likeness);
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

  private static boolean same(@Nullable String one, @Nullable String other) {
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

  private static void payer(Claim claim, @Nullable String payer, int points, Likeness likeness) {
    if (payer != null) {
      if (same(payer, claim.subscriber().payer().person().lastName())) {
        likeness.fits(points, "payer");
      } else {
        likeness.remark(0, "another payer was billed");
      }
    }
  }

  /** At most ten claims that a takeback may be for. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Candidate> ofTakeback(String reference, Money amount, @Nullable String payer) {
    Set<String> numbers = new LinkedHashSet<>(variants(reference));
    for (String part : reference.split("[^\\p{L}\\p{N}]+", -1)) {
      if (part.length() >= Likeness.LONG_ENOUGH) {
        numbers.add(part);
      }
    }
    // a payer counts its decisions of a claim by the last characters of its number
    String stem = reference.substring(0, Math.max(0, reference.length() - 2));
    boolean isLong = stem.length() > Likeness.LONG_ENOUGH;
    List<UUID> found =
        sql.sql(
                """
                select id from claim where patient_control_number = any (:numbers)
                union select id from claim where payer_claim_number = any (:numbers)
                union (select id from claim
                  where payer_claim_number >= :from and payer_claim_number < :to limit :most)
                union select c.id from claim_payment cp
                  join payment_posting p on p.remittance_number = cp.remittance_number
                    and p.ordinal = cp.ordinal
                  join claim c on c.number = p.claim_number
                  where cp.payer_claim_control_number = any (:numbers)
                    or (cp.payer_claim_control_number >= :from
                      and cp.payer_claim_control_number < :to)
                limit :most
                """)
            .param("numbers", numbers.toArray(String[]::new))
            .param("from", isLong ? stem : "")
            .param("to", isLong ? stem + TO_THE_END : "")
            .param("most", LOOKED_AT)
            .query(UUID.class)
            .list();
    return best(
        Set.copyOf(found), (bill, likeness) -> score(bill, reference, amount, payer, likeness));
  }

  private static int score(
      StoredBill bill, String reference, Money amount, @Nullable String payer, Likeness likeness) {
    String wanted = Likeness.plain(reference);
    String payers = Likeness.plain(bill.payerClaimNumber());
    String ours = Likeness.plain(bill.claim().patientControlNumber());
    if (wanted.equals(payers)) {
      likeness.fits(REFERENCE, "payer's number");
    } else if (wanted.equals(ours)) {
      likeness.fits(REFERENCE, "claim number");
    } else if (payers.length() >= Likeness.LONG_ENOUGH && wanted.contains(payers)) {
      likeness.remark(REFERENCE, "the payer's number is in the reference");
    } else if (ours.length() >= Likeness.LONG_ENOUGH && wanted.contains(ours)) {
      likeness.remark(REFERENCE, "the claim number is in the reference");
    } else if (Likeness.isOneApart(wanted, payers)) {
      likeness.remark(ONE_APART, "the payer's number differs by one character");
    } else if (payers.startsWith(wanted.substring(0, Math.max(0, wanted.length() - 2)))) {
      likeness.remark(CUT_OFF, "the payer's number begins alike");
    } else {
      likeness.remark(CUT_OFF, "a payment of it has nearly that number");
    }
    if (bill.paid().equals(amount)) {
      likeness.fits(PAID, "amount paid");
    } else if (bill.paid().compareTo(amount) > 0) {
      likeness.remark(PAID_MORE, bill.paid().toDecimal() + " was paid for it");
    } else {
      likeness.remark(0, "only " + bill.paid().toDecimal() + " was paid for it");
    }
    payer(bill.claim(), payer, TAKING_PAYER, likeness);
    return likeness.score();
  }

  /** Of claims of one number, which are one bill, the one that is most alike. */
  private List<Candidate> best(Set<UUID> ids, ToIntBiFunction<StoredBill, Likeness> scoring) {
    Map<String, Candidate> best = new LinkedHashMap<>();
    Map<UUID, StoredBill> bills = new HashMap<>();
    claims.find(ids).forEach(bill -> bills.put(bill.id(), bill));
    for (StoredBill bill : bills.values()) {
      Claim claim = bill.claim();
      Likeness likeness = new Likeness();
      if (claim.isVoid()
          || claim.isPredetermination()
          || scoring.applyAsInt(bill, likeness) < LEAST) {
        continue;
      }
      Candidate candidate =
          new Candidate(
              bill.id(),
              claim.patientControlNumber(),
              Wording.shortName(claim.treated().person()),
              bill.patientId(),
              Bill.of(bill).day(),
              claim.charged(),
              claim.subscriber().payer().person().lastName(),
              bill.state(),
              likeness.score(),
              likeness.words());
      best.merge(
          candidate.control(),
          candidate,
          (one, other) -> one.score() >= other.score() ? one : other);
    }
    return best.values().stream()
        .sorted(Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::control))
        .limit(MOST)
        .toList();
  }
}
