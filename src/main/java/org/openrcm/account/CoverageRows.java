package org.openrcm.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Coverages as rows. Whoever writes them holds the lock of their accounts. */
@Component
class CoverageRows {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;

  CoverageRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** The coverages of these accounts, by account and key. */
  Map<Long, Map<String, Coverage>> of(Collection<Long> accounts) {
    Map<Long, Map<String, Coverage>> found = new HashMap<>();
    if (!accounts.isEmpty()) {
      sql.sql("select * from account_coverage where account_number = any(?)")
          .param(accounts.toArray(Long[]::new))
          .query(
              row -> {
                Coverage coverage = coverage(row);
                found
                    .computeIfAbsent(row.getLong("account_number"), key -> new HashMap<>())
                    .put(coverage.key(), coverage);
              });
    }
    return found;
  }

  /** All coverages of an account. */
  List<Coverage> all(long account) {
    return new ArrayList<>(of(List.of(account)).getOrDefault(account, Map.of()).values());
  }

  /** The coverages of an account that pages show, in their order. */
  List<Coverage> shown(long account) {
    return shown(all(account));
  }

  /** Of an account's coverages those that are worth showing, in their order. */
  static List<Coverage> shown(Collection<Coverage> coverages) {
    List<Coverage> all = List.copyOf(coverages);
    List<Coverage> shown = new ArrayList<>(all);
    shown.removeIf(each -> each.isToldBetterIn(all));
    shown.sort(Coverage.ORDER);
    return shown;
  }

  private static Coverage coverage(ResultSet row) throws SQLException {
    return new Coverage(
        row.getLong("number"),
        row.getString("key"),
        new SeenCoverage(
            row.getInt("rank"),
            row.getString("payer_name"),
            row.getString("payer_id"),
            row.getString("member_id"),
            row.getString("group_number"),
            row.getString("group_name"),
            row.getString("filing_indicator"),
            row.getString("relationship"),
            row.getString("subscriber_name")),
        Coverage.Source.valueOf(row.getString("source")),
        Objects.requireNonNull(row.getObject("first_seen", LocalDate.class)),
        Objects.requireNonNull(row.getObject("last_seen", LocalDate.class)),
        row.getString("said_by"),
        row.getString("payers_member_id"),
        row.getObject("payers_member_id_on", LocalDate.class),
        row.getObject("placed", Integer.class),
        row.getObject("ended_on", LocalDate.class));
  }

  /** Writes coverages of accounts, new ones and known ones. */
  void write(Map<Long, ? extends Collection<Coverage>> coverages) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    coverages.forEach((account, each) -> each.forEach(one -> rows.add(row(account, one))));
    if (rows.isEmpty()) {
      return;
    }
    sql.sql(
            """
            insert into account_coverage as known (practice_id, number, account_number, key, rank,
              payer_name, payer_id, member_id, group_number, group_name, filing_indicator,
              relationship, subscriber_name, source, first_seen, last_seen, said_by,
              payers_member_id, payers_member_id_on, placed, ended_on)
            select ?, nextval('account_coverage_number'), r.*
            from jsonb_to_recordset(?::jsonb) as r (account_number bigint, key text, rank int,
              payer_name text, payer_id text, member_id text, group_number text, group_name text,
              filing_indicator text, relationship text, subscriber_name text, source text,
              first_seen date, last_seen date, said_by text, payers_member_id text,
              payers_member_id_on date, placed int, ended_on date)
            on conflict (practice_id, account_number, key) do update set rank = excluded.rank,
              payer_name = excluded.payer_name, payer_id = excluded.payer_id,
              member_id = excluded.member_id, group_number = excluded.group_number,
              group_name = excluded.group_name, filing_indicator = excluded.filing_indicator,
              relationship = excluded.relationship, subscriber_name = excluded.subscriber_name,
              source = excluded.source, first_seen = excluded.first_seen,
              last_seen = excluded.last_seen, said_by = excluded.said_by,
              payers_member_id = excluded.payers_member_id,
              payers_member_id_on = excluded.payers_member_id_on, placed = excluded.placed,
              ended_on = excluded.ended_on
            """)
        .param(Actor.currentPractice())
        .param(JSON.writeValueAsString(rows))
        .update();
  }

  private static Map<String, @Nullable Object> row(long account, Coverage coverage) {
    SeenCoverage said = coverage.said();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("account_number", account);
    row.put("key", coverage.key());
    row.put("rank", said.rank());
    row.put("payer_name", said.payerName());
    row.put("payer_id", said.payerId());
    row.put("member_id", said.memberId());
    row.put("group_number", said.group());
    row.put("group_name", said.groupName());
    row.put("filing_indicator", said.filingIndicator());
    row.put("relationship", said.relationship());
    row.put("subscriber_name", said.subscriberName());
    row.put("source", coverage.source().name());
    row.put("first_seen", coverage.firstSeen().toString());
    row.put("last_seen", coverage.lastSeen().toString());
    row.put("said_by", coverage.saidBy());
    row.put("payers_member_id", coverage.payersMemberId());
    row.put("payers_member_id_on", day(coverage.payersMemberIdOn()));
    row.put("placed", coverage.placed());
    row.put("ended_on", day(coverage.endedOn()));
    return row;
  }

  private static @Nullable String day(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  /** Takes coverages away that somebody had added by hand. */
  void remove(Collection<Long> numbers) {
    if (!numbers.isEmpty()) {
      sql.sql("delete from account_coverage where number = any(?)")
          .param(numbers.toArray(Long[]::new))
          .update();
    }
  }
}
