package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Claims;
import org.openrcm.claim.StoredBill;
import org.openrcm.money.Money;
import org.openrcm.posting.FactTable.Cell;
import org.openrcm.posting.FactTable.Row;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.openrcm.web.Format;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the facts behind an exception beside each other: what the 835 says and what the claim says,
 * a reversal and the decision that it should negate. Whoever shows them records it.
 */
@Component
class ExceptionFacts {
  private static final int DECISIONS = 20;
  private static final int SHOWN = 3;

  private final JdbcClient sql;
  private final Claims claims;
  private final Remittances remittances;
  private final CheckFacts checks;
  private final Format format;

  ExceptionFacts(
      JdbcClient sql, Claims claims, Remittances remittances, CheckFacts checks, Format format) {
    this.sql = sql;
    this.claims = claims;
    this.remittances = remittances;
    this.checks = checks;
    this.format = format;
  }

  /**
   * What is behind an exception.
   *
   * @param patients whose data are among it
   * @param payment that it is about; null for other documents
   * @param check in which it stands; null for a claim's charges
   * @param claim that it is about, or that the payment is for; null when there is none
   */
  record Facts(
      List<FactTable> tables,
      Set<UUID> patients,
      @Nullable StoredClaim payment,
      @Nullable StoredRemittance check,
      @Nullable StoredBill claim) {}

  /** Where a payment belongs. */
  private record Place(String family, @Nullable Long claim) {}

  @Transactional(propagation = Propagation.MANDATORY)
  public Facts of(Matter matter) {
    return switch (matter.document().source()) {
      case PAYMENT -> payment(matter);
      case CLAIM -> claim(matter);
      case PROVIDER_ADJUSTMENT, CHECK, PATIENT_PAYMENT, REFUND, WRITE_OFF -> {
        StoredRemittance check = check(matter.document().number());
        yield new Facts(checks.of(matter, check), Set.of(), null, check, null);
      }
    };
  }

  private StoredRemittance check(long number) {
    return Objects.requireNonNull(remittances.remittances(List.of(number)).get(number));
  }

  private Facts payment(Matter matter) {
    ClaimKey key = new ClaimKey(matter.document().number(), matter.document().place());
    Decision its =
        new Decision(remittances.claims(List.of(key)).get(0), check(key.remittanceNumber()));
    Place place =
        sql.sql(
                """
                select family, coalesce(chosen_claim, claim_number) as claim from payment_posting
                where remittance_number = ? and ordinal = ?
                """)
            .params(key.remittanceNumber(), key.ordinal())
            .query(Place.class)
            .single();
    StoredBill claim = claim(place.claim());
    Set<UUID> patients = new HashSet<>();
    patients.add(its.stored().patientId());
    List<FactTable> tables = new ArrayList<>();
    if (matter.type().isSolvedAsSent()) {
      List<Decision> others = decisions(place.family(), key);
      if (its.payment().isReversal()) {
        Decision best = its.nearest(others);
        if (best != null) {
          tables.add(reversal(its, best));
          patients.add(best.stored().patientId());
        }
      } else {
        List<Decision> standing =
            others.stream().filter(each -> !each.payment().isReversal()).limit(SHOWN).toList();
        if (!standing.isEmpty()) {
          tables.add(again(its, standing));
          standing.forEach(each -> patients.add(each.stored().patientId()));
        }
      }
    }
    tables.add(beside(its, claim));
    if (claim != null) {
      patients.add(claim.patientId());
    }
    return new Facts(tables, patients, its.stored(), its.check(), claim);
  }

  private @Nullable StoredBill claim(@Nullable Long number) {
    if (number == null) {
      return null;
    }
    return sql.sql("select id from claim where number = ?")
        .param(number)
        .query(UUID.class)
        .optional()
        .flatMap(claims::find)
        .orElse(null);
  }

  /** What is posted of a family and stands, the latest first. */
  private List<Decision> decisions(String family, ClaimKey except) {
    List<ClaimKey> keys =
        sql.sql(
                """
                select p.remittance_number, p.ordinal from payment_posting p
                join remittance_posting r on r.remittance_number = p.remittance_number
                where p.family = ? and r.state = 'POSTED' and p.outcome = 'APPLIED'
                order by r.day desc, p.remittance_number desc, p.ordinal desc limit ?
                """)
            .params(family, DECISIONS)
            .query((row, index) -> new ClaimKey(row.getLong(1), row.getInt(2)))
            .list();
    Map<Long, StoredRemittance> its =
        remittances.remittances(keys.stream().map(ClaimKey::remittanceNumber).toList());
    return remittances.claims(keys).stream()
        .filter(stored -> !stored.key().equals(except))
        .map(
            stored ->
                new Decision(
                    stored, Objects.requireNonNull(its.get(stored.key().remittanceNumber()))))
        .toList();
  }

  private FactTable beside(Decision its, @Nullable StoredBill bill) {
    ClaimPayment payment = its.payment();
    Person patient = payment.person("QC");
    Claim claim = bill == null ? null : bill.claim();
    List<Row> rows = new ArrayList<>();
    rows.add(
        pair(
            "Claim number",
            named(payment.patientControlNumber()),
            claim == null ? null : claim.patientControlNumber()));
    rows.add(
        pair(
            "Patient",
            patient == null ? "" : Wording.shortName(patient),
            claim == null ? null : Wording.shortName(claim.treated().person())));
    rows.add(pair("Member number", member(payment), claim == null ? null : member(claim)));
    rows.add(
        pair(
            "First day of service",
            format.day(PaymentFit.day(payment)),
            bill == null ? null : format.day(Bill.of(bill).day())));
    Row charged =
        Row.of(
            "Charged",
            its.charged(),
            bill == null
                ? Cell.NONE
                : Cell.of(
                    bill.claim().charged(),
                    Wording.source(
                        bill.fileId(), bill.claim().byteOffset(), bill.claim().segment())));
    rows.add(
        charged.differing(
            claim != null && !payment.isReversal() && !payment.charged().equals(claim.charged())));
    rows.add(Row.of("Paid", its.paid(), Cell.NONE));
    its.amounts().forEach((code, cell) -> rows.add(Row.of(code, cell, Cell.NONE)));
    List<String> heads =
        claim == null ? List.of("", "The 835 says") : List.of("", "The 835 says", "The claim says");
    return new FactTable(
        claim == null ? "What the payer says" : "The payment beside the claim",
        heads,
        claim == null
            ? rows.stream().map(row -> Row.of(row.label(), row.cells().get(0))).toList()
            : rows);
  }

  private static String named(String number) {
    return number.isEmpty() ? "(no number)" : number;
  }

  private static Row pair(String label, String theirs, @Nullable String ours) {
    return Row.of(label, Cell.of(theirs), Cell.of(ours))
        .differing(
            ours != null
                && !ours.isEmpty()
                && !theirs.isEmpty()
                && !Likeness.plain(ours).equals(Likeness.plain(theirs)));
  }

  private static String member(ClaimPayment payment) {
    for (String role : new String[] {"QC", "IL"}) {
      Person person = payment.person(role);
      String shown = person == null ? null : person.shownId();
      if (shown != null) {
        return shown;
      }
    }
    return "";
  }

  private static String member(Claim claim) {
    return Objects.requireNonNullElse(claim.subscriber().person().person().shownId(), "");
  }

  private FactTable reversal(Decision its, Decision decision) {
    Map<String, Cell> back = its.figures();
    Map<String, Cell> first = decision.figures();
    Set<String> labels = new LinkedHashSet<>(back.keySet());
    labels.addAll(first.keySet());
    List<Row> rows = new ArrayList<>();
    for (String label : labels) {
      Cell one = back.getOrDefault(label, Cell.NONE);
      Cell other = first.getOrDefault(label, Cell.NONE);
      Money off = amount(one).plus(amount(other));
      rows.add(Row.of(label, one, other, Cell.of(off, null)).differing(!off.isZero()));
    }
    return new FactTable(
        "The reversal beside the decision that it should take back",
        List.of("", "This reversal", "Decision" + on(decision), "Left over"),
        rows);
  }

  private static Money amount(Cell cell) {
    return cell.amount() == null ? Money.ZERO : cell.amount();
  }

  private String on(Decision decision) {
    LocalDate day = decision.day();
    return day == null ? "" : " of " + format.day(day);
  }

  /** A decision beside those that stand. */
  private FactTable again(Decision its, List<Decision> standing) {
    List<String> heads = new ArrayList<>(List.of("", "This decision" + on(its)));
    List<Map<String, Cell>> columns = new ArrayList<>(List.of(its.figures()));
    Set<String> labels = new LinkedHashSet<>(columns.get(0).keySet());
    for (Decision decision : standing) {
      heads.add("Stands since" + on(decision).replace(" of", ""));
      columns.add(decision.figures());
      labels.addAll(decision.figures().keySet());
    }
    List<Row> rows = new ArrayList<>();
    for (String label : labels) {
      List<Cell> cells =
          columns.stream().map(column -> column.getOrDefault(label, Cell.NONE)).toList();
      rows.add(
          new Row(
              label,
              null,
              cells,
              cells.stream().map(ExceptionFacts::amount).distinct().count() > 1));
    }
    return new FactTable("What was decided before", heads, rows);
  }

  /** What a claim charges, and all that stands of what was decided. */
  private Facts claim(Matter matter) {
    StoredBill bill = Objects.requireNonNull(claim(matter.document().number()));
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(
            "Charged",
            Cell.of(
                bill.claim().charged(),
                Wording.source(bill.fileId(), bill.claim().byteOffset(), bill.claim().segment())),
            Cell.NONE));
    for (Decision decision : decisions(bill.claim().patientControlNumber(), new ClaimKey(0, 0))) {
      Money paid = decision.payment().paid();
      rows.add(
          new Row(
              "Check " + named(decision.check().remittance().trace().number()),
              "/remittances/%s?after=%d#claim-%d"
                  .formatted(
                      decision.check().id(),
                      decision.payment().ordinal() - 1,
                      decision.payment().ordinal()),
              List.of(decision.paid(), Cell.of(decision.payment().charged().minus(paid), null)),
              false));
    }
    Money owed =
        Money.ofCents(
            sql.sql(
                    """
                    select coalesce(sum(amount_cents), 0)::bigint from journal_line
                    where claim_number = ? and account = 'INSURANCE_RECEIVABLE'
                    """)
                .param(bill.number())
                .query(Long.class)
                .single());
    rows.add(Row.of("Insurers owe now", Cell.of(owed, null), Cell.NONE));
    FactTable table =
        new FactTable("What was charged and decided", List.of("", "Paid", "Adjusted"), rows);
    return new Facts(List.of(table), Set.of(bill.patientId()), null, null, bill);
  }
}
