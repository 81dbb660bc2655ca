package org.openrcm.posting;

import java.time.LocalDate;
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
  private static final int LONGEST_NUMBER = 12;
  private static final String TO_THE_END = "\uffff";

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
    LocalDate day = PaymentFit.day(payment);
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
    return best(found, (bill, likeness) -> PaymentFit.score(bill, payment, payer, likeness));
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
    for (Person person : PaymentFit.people(payment)) {
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
        Set.copyOf(found),
        (bill, likeness) -> TakebackFit.score(bill, reference, amount, payer, likeness));
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
