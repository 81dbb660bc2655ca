package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.Document;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the story of a takeback, on record for each patient whose claim is in it. */
@Component
class TakebackReader {
  private static final String REVERSAL = "22";

  /** Decisions on the claims that a payer's number names, or that were charged with it. */
  private static final String OF_CLAIMS =
      """
      (select cp.remittance_number, cp.ordinal from claim_payment cp
        where cp.payer_claim_control_number = :number
      union select p.remittance_number, p.ordinal from payment_posting p
        where p.claim_number in (
          select o.claim_number from claim_payment cp join payment_posting o
            on o.remittance_number = cp.remittance_number and o.ordinal = cp.ordinal
          where cp.payer_claim_control_number = :number and o.claim_number is not null
          union all select unnest(cast(:charged as bigint[]))))
      """;

  /** What a check took back, so that its balance had to be carried forward. */
  private static final String OF_CHECKS =
      """
      (select cp.remittance_number, cp.ordinal from claim_payment cp
        where cp.remittance_number = any (:checks) and cp.paid_cents < 0)
      """;

  private static final String DECISIONS =
      """
      select k.remittance_number as remittance, k.ordinal, q.day, cp.status, cp.paid_cents as paid,
        cp.segment, cp.patient_id, cp.patient_control_number as sent_control, p.outcome,
        c.id as claim, c.patient_control_number as control, c.patient_name as patient,
        c.patient_id as billed_id,
        (select max(e.number) from journal_entry e where e.source_number = k.remittance_number
          and e.source = 'PAYMENT' and e.source_place = k.ordinal) as entry
      from %s k
      join claim_payment cp on cp.remittance_number = k.remittance_number
        and cp.ordinal = k.ordinal
      join payment_posting p on p.remittance_number = k.remittance_number
        and p.ordinal = k.ordinal
      join remittance_posting q on q.remittance_number = k.remittance_number
      left join claim c on c.number = p.claim_number
      where q.state = 'POSTED' and q.payer = any (:payers)
      order by q.day, k.remittance_number, k.ordinal limit :limit
      """;

  private static final int DECISIONS_SHOWN = 200;

  private final JdbcClient sql;
  private final TakebackList list;
  private final Origins origins;
  private final AuditTrail audit;

  TakebackReader(JdbcClient sql, TakebackList list, Origins origins, AuditTrail audit) {
    this.sql = sql;
    this.list = list;
    this.origins = origins;
    this.audit = audit;
  }

  /** What a provider adjustment moved. */
  private record Moved(
      long remittance,
      int position,
      long segment,
      String reason,
      long cents,
      long explained,
      LocalDate day,
      long entry,
      @Nullable String payer) {

    Document document() {
      return Document.adjustment(remittance, position);
    }
  }

  /** What a payer decided on a claim. */
  private record Decision(
      long remittance,
      int ordinal,
      LocalDate day,
      String status,
      long paid,
      long segment,
      UUID patientId,
      String sentControl,
      @Nullable String outcome,
      @Nullable UUID claim,
      @Nullable String control,
      @Nullable String patient,
      @Nullable UUID billedId,
      @Nullable Long entry) {

    Document document() {
      return Document.payment(remittance, ordinal);
    }

    /** As the payer and as the claim names the patient. */
    Stream<UUID> patients() {
      return Stream.of(patientId, billedId).filter(Objects::nonNull);
    }

    TakebackStory.@Nullable Claim of() {
      return claim == null || control == null
          ? null
          : new TakebackStory.Claim(claim, control, patient);
    }
  }

  /** The claim that a takeback was charged to. */
  private record Charged(
      long entry, long number, UUID claim, String control, @Nullable String patient, UUID id) {}

  /** Something in its place: by day, then by check; in a check claims stand before adjustments. */
  private record Placed(
      LocalDate day,
      long remittance,
      int part,
      int place,
      @Nullable Moved moved,
      @Nullable Decision decision) {
    static final Comparator<Placed> ORDER =
        Comparator.comparing(Placed::day)
            .thenComparing(Placed::remittance)
            .thenComparing(Placed::part)
            .thenComparing(Placed::place);
  }

  /**
   * The story of a takeback, recorded as seen.
   *
   * @throws NoSuchTakeback when the practice has none of this id; on record
   */
  @Transactional
  public TakebackStory read(UUID id) {
    Takeback takeback = list.find(id).orElseThrow(() -> NoSuchTakeback.denied(audit, id));
    List<Moved> moved = moved(takeback.reference());
    Map<Document, Charged> charged = charged(moved);
    List<Decision> decisions = decisions(takeback, moved, charged);
    Set<UUID> patients = new HashSet<>();
    decisions.forEach(each -> each.patients().forEach(patients::add));
    charged.values().forEach(each -> patients.add(each.id()));
    audit.record(Action.VIEW, Subject.of(TakebackList.SUBJECT, id), patients);
    List<TakebackStory.Step> steps = steps(takeback, moved, charged, decisions);
    return new TakebackStory(takeback, steps, moved.isEmpty() ? null : TakebackPlot.of(steps));
  }

  private List<Moved> moved(String reference) {
    return sql.sql(
            TakebackList.MOVED
                + """
                select m.*, q.payer from moved m
                left join remittance_posting q on q.remittance_number = m.remittance
                where m.reference = :reference
                """)
        .param("kinds", TakebackList.KINDS)
        .param("reference", reference)
        .query(Moved.class)
        .list();
  }

  private Map<Document, Charged> charged(List<Moved> moved) {
    Map<Document, Charged> charged = new HashMap<>();
    for (Moved each : moved) {
      if (each.explained() != 0) {
        sql.sql(
                """
                select max(l.entry) as entry, c.number, c.id as claim,
                  c.patient_control_number as control, c.patient_name as patient,
                  c.patient_id as id
                from journal_entry e join journal_line l on l.entry = e.number
                join claim c on c.number = l.claim_number
                where e.source_number = ? and e.source = 'PROVIDER_ADJUSTMENT'
                  and e.source_place = ? and l.account = 'INSURANCE_RECEIVABLE'
                group by 2, 3, 4, 5, 6 having sum(l.amount_cents) <> 0 limit 1
                """)
            .params(each.remittance(), each.position())
            .query(Charged.class)
            .optional()
            .ifPresent(found -> charged.put(each.document(), found));
      }
    }
    return charged;
  }

  private List<Decision> decisions(
      Takeback takeback, List<Moved> moved, Map<Document, Charged> charged) {
    String[] payers =
        moved.stream().map(Moved::payer).filter(Objects::nonNull).distinct().toArray(String[]::new);
    Map<String, Object> values = new HashMap<>();
    values.put("payers", payers);
    values.put("limit", DECISIONS_SHOWN);
    if (takeback.isForward()) {
      values.put(
          "checks",
          moved.stream()
              .filter(each -> each.cents() < 0)
              .map(Moved::remittance)
              .toArray(Long[]::new));
    } else {
      values.put("number", takeback.number());
      values.put("charged", charged.values().stream().map(Charged::number).toArray(Long[]::new));
    }
    return sql.sql(DECISIONS.formatted(takeback.isForward() ? OF_CHECKS : OF_CLAIMS))
        .params(values)
        .query(Decision.class)
        .list();
  }

  private List<TakebackStory.Step> steps(
      Takeback takeback,
      List<Moved> moved,
      Map<Document, Charged> charged,
      List<Decision> decisions) {
    List<Placed> placed = new ArrayList<>();
    moved.forEach(
        each ->
            placed.add(new Placed(each.day(), each.remittance(), 1, each.position(), each, null)));
    decisions.forEach(
        each ->
            placed.add(new Placed(each.day(), each.remittance(), 0, each.ordinal(), null, each)));
    placed.sort(Placed.ORDER);
    Set<Document> documents = new HashSet<>();
    moved.forEach(each -> documents.add(each.document()));
    decisions.forEach(each -> documents.add(each.document()));
    Map<Document, Origin> found = origins.of(documents);
    List<TakebackStory.Step> steps = new ArrayList<>();
    Set<UUID> takenBack = new HashSet<>();
    long balance = 0;
    for (Placed each : placed) {
      if (each.decision() != null) {
        steps.add(step(each.decision(), takenBack, balance, found));
      } else if (each.moved() != null) {
        balance = Math.addExact(balance, each.moved().cents());
        steps.add(step(takeback, each.moved(), balance, found));
        Charged claim = charged.get(each.moved().document());
        if (claim != null) {
          balance = Math.subtractExact(balance, each.moved().explained());
          steps.add(step(each.moved(), claim, balance, found));
        }
      }
    }
    return steps;
  }

  private static TakebackStory.Step step(
      Decision decision, Set<UUID> takenBack, long balance, Map<Document, Origin> found) {
    @Nullable Origin origin = found.get(decision.document());
    return new TakebackStory.Step(
        decision.day(),
        origin == null ? null : origin.check(),
        decision.of(),
        words(decision, takenBack),
        decision.paid(),
        null,
        balance,
        decision.entry(),
        origin == null ? null : origin.source(decision.segment()));
  }

  private static String words(Decision decision, Set<UUID> takenBack) {
    String outcome = decision.outcome();
    if (outcome != null && !outcome.equals("APPLIED") && !outcome.equals("REVERSED")) {
      return "Not applied: " + Trouble.valueOf(outcome).label();
    }
    if (decision.status().equals(REVERSAL)) {
      if (decision.claim() != null) {
        takenBack.add(decision.claim());
      }
      return "Decision taken back by a reversal";
    }
    if (decision.claim() != null && takenBack.contains(decision.claim())) {
      return decision.paid() == 0 ? "Decided anew, nothing paid" : "Decided anew and paid";
    }
    return decision.paid() == 0 ? "Decided, nothing paid" : "Claim paid";
  }

  private static TakebackStory.Step step(
      Takeback takeback, Moved moved, long balance, Map<Document, Origin> found) {
    @Nullable Origin origin = found.get(moved.document());
    return new TakebackStory.Step(
        moved.day(),
        origin == null ? null : origin.check(),
        null,
        words(takeback, moved.cents()),
        null,
        moved.cents(),
        balance,
        moved.entry(),
        origin == null ? null : origin.source(moved.segment()));
  }

  private static String words(Takeback takeback, long cents) {
    if (takeback.isForward()) {
      return cents < 0
          ? "Carried forward: the check would have been negative"
          : "Taken off this check: carried forward before";
    }
    if (takeback.isRefund()) {
      return cents < 0 ? "The payer says that it got a refund" : "Taken off this check again";
    }
    return cents < 0 ? "Announced, and left with us for now" : "Taken off this check";
  }

  private static TakebackStory.Step step(
      Moved moved, Charged claim, long balance, Map<Document, Origin> found) {
    @Nullable Origin origin = found.get(moved.document());
    return new TakebackStory.Step(
        moved.day(),
        origin == null ? null : origin.check(),
        new TakebackStory.Claim(claim.claim(), claim.control(), claim.patient()),
        "Charged to its claim, as no reversal tells of it: insurers owe it again",
        null,
        -moved.explained(),
        balance,
        claim.entry(),
        origin == null ? null : origin.source(moved.segment()));
  }
}
