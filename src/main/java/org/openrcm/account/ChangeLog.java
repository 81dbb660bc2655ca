package org.openrcm.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was corrected by hand, when and by whom: only ever added to. */
@Component
class ChangeLog {
  static final String COVERAGE = "COVERAGE";

  private static final int MOST = 500;

  private final JdbcClient sql;

  ChangeLog(JdbcClient sql) {
    this.sql = sql;
  }

  /** The kinds of corrections. */
  enum Kind {
    EDIT("Corrected"),
    COVERAGE_ADDED("Coverage added"),
    COVERAGE_MOVED("Order of coverages changed"),
    COVERAGE_ENDED("Coverage ended"),
    COVERAGE_REOPENED("Coverage in force again"),
    EMAIL_FAILED("E-mail did not arrive: back to paper"),
    EMAIL_REFUSED("E-mail is not wanted: back to paper"),
    UNDO("Taken back");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * Something that was changed.
   *
   * @param field a {@link Field}, a {@link Topic} or {@link #COVERAGE}
   */
  record Change(String field, @Nullable String before, @Nullable String after) {

    /** As pages say it. */
    public String label() {
      for (Field each : Field.values()) {
        if (each.name().equals(field)) {
          return each.label();
        }
      }
      for (Topic each : Topic.values()) {
        if (each.name().equals(field)) {
          return each.label();
        }
      }
      return "Coverage";
    }

    /** A value of it, in words. */
    public String shown(@Nullable String value) {
      if (value == null) {
        return "";
      }
      Map<String, String> words =
          switch (field) {
            case "SEX" -> Choices.SEX;
            case "LANGUAGE" -> Choices.LANGUAGE;
            case "CHANNEL" -> Choices.CHANNEL;
            case "GUARANTOR_RELATIONSHIP" -> Choices.RELATIONSHIP;
            case "PAPER" -> Choices.YES_OR_NO;
            default -> Map.of();
          };
      return words.getOrDefault(value, value);
    }
  }

  /** What somebody changed at once. */
  record Correction(
      long number, Instant at, String by, Kind kind, @Nullable Long undoes, List<Change> changes) {}

  long write(long account, Kind kind, @Nullable Long undoes, ByHand before, List<Change> changes) {
    Actor actor = Actor.current();
    long number =
        sql.sql(
                """
                insert into account_correction (practice_id, number, account_number, actor_id,
                  actor_name, kind, undoes, before)
                values (?, nextval('account_correction_number'), ?, ?, ?, ?, ?, ?::json)
                returning number
                """)
            .param(Actor.currentPractice())
            .param(account)
            .param(actor.id())
            .param(actor.name())
            .param(kind.name())
            .param(undoes)
            .param(before.json())
            .query(Long.class)
            .single();
    sql.sql(
            """
            insert into account_change (practice_id, correction, place, field, before, after)
            select ?, ?, c.place, c.field, c.before, c.after
            from unnest(?::text[], ?::text[], ?::text[])
              with ordinality as c (field, before, after, place)
            """)
        .param(Actor.currentPractice())
        .param(number)
        .param(changes.stream().map(Change::field).toArray(String[]::new))
        .param(changes.stream().map(Change::before).toArray(String[]::new))
        .param(changes.stream().map(Change::after).toArray(String[]::new))
        .update();
    return number;
  }

  /** What was set by hand before a correction, when it is the account's last and can be undone. */
  Optional<ByHand> last(long account, long correction) {
    return sql.sql(
            """
            select before from account_correction
            where account_number = ? and number = ? and kind <> 'UNDO'
              and number = (select max(number) from account_correction where account_number = ?)
            """)
        .params(account, correction, account)
        .query((row, index) -> ByHand.parse(row.getString(1)))
        .optional();
  }

  /** The corrections of an account, the latest first. */
  List<Correction> of(long account) {
    Map<Long, Correction> corrections = new LinkedHashMap<>();
    sql.sql(
            """
            select * from account_correction where account_number = ?
            order by number desc limit ?
            """)
        .params(account, MOST)
        .query(
            row -> {
              long undoes = row.getLong("undoes");
              Long undone = row.wasNull() ? null : undoes;
              corrections.put(
                  row.getLong("number"),
                  new Correction(
                      row.getLong("number"),
                      row.getObject("made_at", OffsetDateTime.class).toInstant(),
                      row.getString("actor_name"),
                      Kind.valueOf(row.getString("kind")),
                      undone,
                      new ArrayList<>()));
            });
    if (!corrections.isEmpty()) {
      sql.sql("select * from account_change where correction = any(?) order by correction, place")
          .param(corrections.keySet().toArray(Long[]::new))
          .query(
              row -> {
                Correction correction = corrections.get(row.getLong("correction"));
                if (correction != null) {
                  correction
                      .changes()
                      .add(
                          new Change(
                              row.getString("field"),
                              row.getString("before"),
                              row.getString("after")));
                }
              });
    }
    return List.copyOf(corrections.values());
  }
}
