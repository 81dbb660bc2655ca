package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The lines of provider adjustments (PLB), and of what a check is more than all it says.
 *
 * <p>Takebacks (WO) of one payer and reference belong together (rules X12): a negative one gives
 * back what a reversal took off, a later positive one takes it. What positive ones take beyond
 * that, no reversal told of: it comes off the payment of the claim that the reference names.
 */
@Component
class Adjustments {
  private static final CodeList ACCOUNTS = CodeList.load("provider-adjustment-posting");
  private static final String TAKEBACK = "WO";
  private static final String FORWARD = "FB";

  /** ST is segment 1 of its transaction set. */
  private static final long BPR = 2;

  private static final String SELECT =
      """
      select a.position, a.provider, a.reason, a.reference, a.amount_cents, a.segment,
        r.number, r.id, r.trace_number, r.payer_name, p.payer, p.day, p.state
      from provider_adjustment a
      join remittance r on r.number = a.remittance_number
      join remittance_posting p on p.remittance_number = a.remittance_number
      where\s""";

  private final JdbcClient sql;

  Adjustments(JdbcClient sql) {
    this.sql = sql;
  }

  /** A provider adjustment. */
  private record Row(
      Check check,
      boolean posted,
      int position,
      String provider,
      String reason,
      @Nullable String reference,
      Money amount,
      long segment) {

    static final Comparator<Row> BY_DAY =
        Comparator.comparing(Row::check, Check.BY_DAY).thenComparing(Row::position);

    Document document() {
      return Document.adjustment(check.number(), position);
    }

    boolean isTakeback() {
      return reason.equals(TAKEBACK) && reference != null;
    }

    boolean isForward() {
      return reason.equals(FORWARD);
    }

    Key key() {
      return new Key(check.payer(), isForward() ? provider : String.valueOf(reference));
    }

    Line.At account() {
      AccountKind kind =
          ACCOUNTS
              .words(reason, check.day())
              .map(AccountKind::valueOf)
              .orElse(AccountKind.PROVIDER_ADJUSTMENT);
      String by =
          switch (kind) {
            case INTEREST_INCOME -> null;
            default ->
                isForward()
                    ? FORWARD + " " + check.payer() + " " + provider
                    : reference == null ? reason : reason + " " + reference;
          };
      return new Line.At(kind, null, null, null, reason, by, segment);
    }

    Lines lines() {
      return posted ? new Lines().move(amount, account(), check.cash(segment)) : new Lines();
    }
  }

  /** What takebacks are followed by. */
  private record Key(String payer, String reference) {}

  /** The claim that a takeback comes off. */
  private record Owner(long claim, int rank) {}

  /** References of takebacks that somebody said are for one of these claims. */
  Set<String> chosenFor(Collection<Long> claims) {
    return Set.copyOf(
        sql.sql("select reference from takeback_claim where claim_number = any (?)")
            .param(claims.toArray(Long[]::new))
            .query(String.class)
            .set());
  }

  /** Of all takebacks with these references. */
  void ofReferences(Collection<String> references, Settling.Targets targets) {
    if (!references.isEmpty()) {
      takebacks(takebacks(references), targets);
    }
  }

  /** Of a check: its provider adjustments, takebacks that go with them, and its own line. */
  void ofCheck(long remittance, Settling.Targets targets) {
    List<Row> rows =
        sql.sql(SELECT + "a.remittance_number = ?")
            .param(remittance)
            .query(Adjustments::row)
            .list();
    Set<String> references = new TreeSet<>();
    Set<String> providers = new TreeSet<>();
    for (Row row : rows) {
      targets.take(row.document(), row.check(), row.lines());
      if (row.isTakeback() && row.reference() != null) {
        references.add(row.reference());
      } else if (row.isForward()) {
        providers.add(row.provider());
      }
    }
    ofReferences(references, targets);
    forwarded(providers, targets);
    own(remittance, targets);
  }

  /** Balances carried forward (rules X13): no more can be taken than was carried. */
  private void forwarded(Collection<String> providers, Settling.Targets targets) {
    if (!providers.isEmpty()) {
      List<Row> rows =
          sql.sql(SELECT + "a.reason = 'FB' and a.provider = any (?)")
              .param(providers.toArray(String[]::new))
              .query(Adjustments::row)
              .list();
      groups(rows).forEach((key, group) -> takebacks(group, null, targets));
    }
  }

  /** What BPR02 is more than claims and adjustments; and what is wrong with the check. */
  private void own(long remittance, Settling.Targets targets) {
    sql.sql(
            """
            select r.number, r.id, r.trace_number, r.payer_name, p.*
            from remittance r join remittance_posting p on p.remittance_number = r.number
            where r.number = ?
            """)
        .param(remittance)
        .query(
            row -> {
              Check check = Families.check(row);
              Document document = Document.check(remittance);
              Money off = Money.ofCents(row.getLong("difference_cents"));
              Lines lines = new Lines();
              if (row.getString("state").equals("POSTED")) {
                lines.move(off, check.cash(BPR), check.unapplied(null, BPR));
              }
              targets.take(document, check, lines);
              Money amount = Money.ofCents(row.getLong("amount_cents"));
              if (!row.getBoolean("postable")) {
                targets.note(Trouble.AMOUNT_TOO_LARGE, document, absolute(amount));
              } else if (!row.getBoolean("whole")) {
                targets.note(Trouble.INCOMPLETE, document, absolute(off));
              } else if (!off.isZero() || row.getInt("unbalanced") > 0) {
                targets.note(
                    Trouble.UNBALANCED,
                    document,
                    off.isZero() ? Money.ofCents(row.getLong("unbalanced_cents")) : absolute(off));
              }
            });
  }

  private static Money absolute(Money amount) {
    return amount.isNegative() ? amount.negated() : amount;
  }

  private List<Row> takebacks(Collection<String> references) {
    return sql.sql(SELECT + "a.reference = any (?) and a.reason = 'WO'")
        .param(references.toArray(String[]::new))
        .query(Adjustments::row)
        .list();
  }

  private static Row row(ResultSet row, int index) throws SQLException {
    return new Row(
        Families.check(row),
        row.getString("state").equals("POSTED"),
        row.getInt("position"),
        row.getString("provider"),
        row.getString("reason"),
        row.getString("reference"),
        Money.ofCents(row.getLong("amount_cents")),
        row.getLong("segment"));
  }

  private void takebacks(List<Row> rows, Settling.Targets targets) {
    Map<Key, List<Row>> groups = groups(rows);
    Map<Key, Owner> owners = owners(groups.keySet());
    groups.forEach((key, group) -> takebacks(group, owners.get(key), targets));
  }

  private static Map<Key, List<Row>> groups(List<Row> rows) {
    Map<Key, List<Row>> groups = new LinkedHashMap<>();
    rows.stream()
        .sorted(Row.BY_DAY)
        .forEach(row -> groups.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
    return groups;
  }

  private static void takebacks(List<Row> group, @Nullable Owner owner, Settling.Targets targets) {
    long untold = 0;
    for (Row row : group) {
      untold = row.posted() ? Math.addExact(untold, row.amount().cents()) : untold;
    }
    Map<Row, Money> parts = new HashMap<>();
    for (int i = group.size() - 1; i >= 0 && untold > 0; i--) {
      Row row = group.get(i);
      if (row.posted() && row.amount().cents() > 0) {
        long part = Math.min(untold, row.amount().cents());
        parts.put(row, Money.ofCents(part));
        untold -= part;
      }
    }
    for (Row row : group) {
      Lines lines = row.lines();
      Money part = parts.get(row);
      if (part != null && owner != null) {
        lines.move(
            part,
            new Line.At(
                AccountKind.INSURANCE_RECEIVABLE,
                owner.claim(),
                owner.rank(),
                null,
                TAKEBACK,
                null,
                row.segment()),
            row.account());
      }
      targets.take(row.document(), row.check(), lines);
      if (part != null) {
        targets.note(
            owner == null ? Trouble.TAKEBACK_UNEXPLAINED : Trouble.TAKEBACK_WITHOUT_REVERSAL,
            row.document(),
            part);
      }
    }
  }

  /** The claim that somebody chose, otherwise the one whose standing payment has the number. */
  private Map<Key, Owner> owners(Set<Key> keys) {
    Map<Key, Owner> owners = new HashMap<>();
    String[] references = keys.stream().map(Key::reference).distinct().toArray(String[]::new);
    sql.sql(
            """
            select q.payer, cp.payer_claim_control_number as reference, p.claim_number, p.rank
            from claim_payment cp
            cross join lateral (
              select claim_number, rank, outcome from payment_posting p
              where p.remittance_number = cp.remittance_number and p.ordinal = cp.ordinal
              offset 0) p
            join remittance_posting q on q.remittance_number = cp.remittance_number
            join remittance r on r.number = cp.remittance_number
            where cp.payer_claim_control_number = any (?) and p.outcome = 'APPLIED'
              and q.state = 'POSTED' and cp.status <> '22'
            order by q.day, r.trace_number collate "C", cp.ordinal, cp.id
            """)
        .param(references)
        .query(
            row -> {
              owners.put(key(row), new Owner(row.getLong("claim_number"), row.getInt("rank")));
            });
    sql.sql(
            """
            select t.payer, t.reference, t.claim_number, c.patient_control_number
            from takeback_claim t join claim c on c.number = t.claim_number
            where t.reference = any (?)
            """)
        .param(references)
        .query(
            row -> {
              owners.put(key(row), new Owner(row.getLong("claim_number"), 1));
            });
    return owners;
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("payer"), row.getString("reference"));
  }
}
