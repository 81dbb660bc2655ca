package org.openrcm.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claims;
import org.openrcm.claim.Named;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.claim.StoredBill;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.openrcm.posting.OpenTroubles;
import org.openrcm.posting.Trouble;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the visits of accounts: of many accounts in as many queries as of one. Whether an account
 * has a hundred visits or one, what is read is what the journal has of them.
 */
@Component
class Visits {
  private static final Set<String> APPLIED = Set.of("APPLIED", "REVERSED");
  private static final CodeList PROTECTIONS = CodeList.load("patient-protection");

  private final JdbcClient sql;
  private final Claims claims;
  private final Remittances remittances;
  private final OpenTroubles troubles;

  Visits(JdbcClient sql, Claims claims, Remittances remittances, OpenTroubles troubles) {
    this.sql = sql;
    this.claims = claims;
    this.remittances = remittances;
    this.troubles = troubles;
  }

  /** A check, as far as a statement names it. */
  private record Check(String payer, LocalDate day) {}

  /**
   * The visits of these accounts, each account's by day; those that carry no charges are none.
   *
   * @param last the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, List<Visit>> of(Collection<Long> accounts, long last) {
    Map<Long, PostedClaim> posted = new LinkedHashMap<>();
    sql.sql(
            """
            select c.account_number, c.claim_number, c.claim_id, l.entry, l.account,
              l.amount_cents, l.service_line, l.code, l.segment, e.source, e.source_number, e.source_place,
              coalesce(p.rank, l.rank) as rank, p.outcome
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select * from account_claim where account_number = a.number offset 0) c
            cross join lateral (
              select * from journal_line
              where claim_number = c.claim_number and entry <= ? offset 0) l
            cross join lateral (
              select * from journal_entry where number = l.entry offset 0) e
            left join lateral (
              select p.rank, p.outcome from payment_posting p
              join remittance_posting r on r.remittance_number = p.remittance_number
              where p.remittance_number = e.source_number and p.ordinal = e.source_place
                and e.source = 'PAYMENT' and p.claim_number = c.claim_number
                and r.state = 'POSTED' offset 0) p on true
            order by c.account_number, c.claim_number, l.entry, l.line
            """)
        .param(accounts.toArray(Long[]::new))
        .param(last)
        .query(Visits::row)
        .list()
        .forEach(
            row ->
                posted
                    .computeIfAbsent(row.claim(), key -> new PostedClaim(row.account(), row.id()))
                    .add(row));
    posted.values().removeIf(each -> each.whole.charged().isZero());
    return visits(posted);
  }

  private static PostedClaim.Row row(ResultSet row, int index) throws SQLException {
    Source source = Source.valueOf(row.getString("source"));
    Document document =
        new Document(source, row.getLong("source_number"), row.getInt("source_place"));
    return new PostedClaim.Row(
        row.getLong("account_number"),
        row.getLong("claim_number"),
        Objects.requireNonNull(row.getObject("claim_id", UUID.class)),
        row.getObject("service_line", Integer.class),
        APPLIED.contains(String.valueOf(row.getString("outcome"))) ? document : null,
        "REVERSED".equals(String.valueOf(row.getString("outcome"))),
        row.getLong("segment"),
        new Sums.Posted(
            row.getLong("entry"),
            AccountKind.valueOf(row.getString("account")),
            Money.ofCents(row.getLong("amount_cents")),
            source,
            row.getInt("rank"),
            row.getString("code")));
  }

  private Map<Long, List<Visit>> visits(Map<Long, PostedClaim> posted) {
    Map<UUID, StoredBill> bills = new HashMap<>();
    claims
        .find(posted.values().stream().map(each -> each.id).toList())
        .forEach(bill -> bills.put(bill.id(), bill));
    Set<ClaimKey> keys = new HashSet<>();
    posted.values().forEach(each -> each.decisions.keySet().forEach(one -> keys.add(key(one))));
    Map<ClaimKey, StoredClaim> eobs = new HashMap<>();
    remittances.claims(keys).forEach(eob -> eobs.put(eob.key(), eob));
    Map<Long, Check> checks = checks(keys);
    Map<Long, Set<Trouble>> open = troubles.of(posted.keySet());
    Map<Long, List<Visit>> visits = new HashMap<>();
    posted.forEach(
        (claim, each) -> {
          StoredBill bill = Objects.requireNonNull(bills.get(each.id));
          visits
              .computeIfAbsent(each.account, key -> new ArrayList<>())
              .add(
                  visit(
                      bill,
                      each,
                      decisions(each, eobs, checks),
                      items(each, eobs),
                      open.getOrDefault(claim, EnumSet.noneOf(Trouble.class))));
        });
    visits
        .values()
        .forEach(list -> list.sort(Comparator.comparing(Visit::from).thenComparing(Visit::number)));
    return visits;
  }

  private static ClaimKey key(Document document) {
    return new ClaimKey(document.number(), document.place());
  }

  private Map<Long, Check> checks(Set<ClaimKey> keys) {
    Map<Long, Check> checks = new HashMap<>();
    sql.sql(
            """
            select r.number, r.payer_name, p.day from unnest(?::bigint[]) n (number)
            cross join lateral (select * from remittance where number = n.number offset 0) r
            cross join lateral (
              select day from remittance_posting where remittance_number = n.number offset 0) p
            """)
        .param(keys.stream().map(ClaimKey::remittanceNumber).distinct().toArray(Long[]::new))
        .query(
            row -> {
              String payer = row.getString("payer_name");
              checks.put(
                  row.getLong("number"),
                  new Check(
                      payer == null ? "" : payer,
                      Objects.requireNonNull(row.getObject("day", LocalDate.class))));
            });
    return checks;
  }

  /** All that are in the books, in the insurers' order. */
  private static List<Decision> decisions(
      PostedClaim posted, Map<ClaimKey, StoredClaim> eobs, Map<Long, Check> checks) {
    List<Decision> decisions = new ArrayList<>();
    posted.decisions.forEach(
        (document, decided) -> {
          StoredClaim eob = eobs.get(key(document));
          Check check = checks.get(document.number());
          if (eob != null && check != null) {
            decisions.add(
                Decision.of(
                    eob,
                    decided.reversed(),
                    decided.rank(),
                    decided.paid(),
                    check.payer(),
                    check.day()));
          }
        });
    decisions.sort(Comparator.comparing(Decision::rank).thenComparing(Decision::day));
    return decisions;
  }

  /** By line: the items of EOBs that its amounts stand in. */
  private static Map<Integer, List<EobItem>> items(
      PostedClaim posted, Map<ClaimKey, StoredClaim> eobs) {
    Map<Integer, List<EobItem>> items = new HashMap<>();
    posted.stated.forEach(
        (line, stated) ->
            items.put(
                line,
                stated.stream()
                    .filter(each -> eobs.containsKey(key(each.decision())))
                    .map(
                        each ->
                            EobItem.at(
                                Objects.requireNonNull(eobs.get(key(each.decision()))),
                                each.segment()))
                    .distinct()
                    .toList()));
    return items;
  }

  private static Visit visit(
      StoredBill bill,
      PostedClaim posted,
      List<Decision> decisions,
      Map<Integer, List<EobItem>> items,
      Set<Trouble> troubles) {
    Set<String> protections = new TreeSet<>();
    for (Decision decision : decisions.stream().filter(Decision::standing).toList()) {
      decision
          .remarks()
          .forEach(code -> PROTECTIONS.words(code, decision.day()).ifPresent(protections::add));
    }
    Map<Integer, ServiceLine> lines = new HashMap<>();
    bill.claim().lines().forEach(line -> lines.put(number(line), line));
    LocalDate from = from(bill);
    List<Visit.Service> services = new ArrayList<>();
    posted.lines.forEach(
        (number, sums) -> {
          ServiceLine line = lines.get(number);
          Period period = line == null ? null : line.period("472");
          services.add(
              new Visit.Service(
                  number == 0 ? null : number,
                  period == null || period.start() == null ? from : period.start(),
                  line == null ? null : line.procedure(),
                  line == null ? null : line.revenueCode(),
                  items.getOrDefault(number, List.of()),
                  sums));
        });
    return new Visit(
        bill.number(),
        bill.id(),
        bill.patientId(),
        bill.claim().patientControlNumber(),
        from,
        until(bill),
        provider(bill),
        posted.whole,
        services,
        decisions,
        troubles,
        protections,
        decisions.stream().anyMatch(each -> "MC".equals(each.plan())));
  }

  private static int number(ServiceLine line) {
    return line.number().matches("\\d{1,6}") ? Integer.parseInt(line.number()) : -1;
  }

  private static LocalDate from(StoredBill bill) {
    return days(bill).stream()
        .min(Comparator.naturalOrder())
        .orElseGet(() -> bill.loadedAt().atZone(ZoneOffset.UTC).toLocalDate());
  }

  private static @Nullable LocalDate until(StoredBill bill) {
    return days(bill).stream()
        .max(Comparator.naturalOrder())
        .filter(day -> !day.equals(from(bill)))
        .orElse(null);
  }

  private static List<LocalDate> days(StoredBill bill) {
    List<LocalDate> days = new ArrayList<>();
    add(days, bill.claim().period("434"));
    bill.claim().lines().forEach(line -> add(days, line.period("472")));
    return days;
  }

  private static void add(List<LocalDate> days, @Nullable Period period) {
    if (period != null && period.start() != null) {
      days.add(period.start());
      if (period.end() != null) {
        days.add(period.end());
      }
    }
  }

  /** Who saw the patient: rendering or attending provider, otherwise who bills. */
  private static @Nullable String provider(StoredBill bill) {
    for (String role : List.of("82", "71")) {
      Named provider = bill.claim().provider(role);
      if (provider != null) {
        return Names.of(provider.person());
      }
    }
    Person biller = bill.claim().billing().provider().person();
    return Names.of(biller);
  }
}
