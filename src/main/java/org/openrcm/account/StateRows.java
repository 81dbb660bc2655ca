package org.openrcm.account;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Accounts as rows: read to be worked on, which locks them, and written, many at once. */
@Component
class StateRows {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String COLUMNS = each(Field::column);
  private static final String TYPED = each(field -> field.column() + " " + field.type());
  private static final String OF_ROW = each(field -> "r." + field.column());
  private static final String SET = each(field -> field.column() + " = r." + field.column());

  private final JdbcClient sql;

  StateRows(JdbcClient sql) {
    this.sql = sql;
  }

  private static String each(Function<Field, String> text) {
    return Arrays.stream(Field.values()).map(text).collect(Collectors.joining(", "));
  }

  /** These accounts, which nobody else changes until the transaction ends. */
  Map<Long, State> lock(Collection<Long> numbers) {
    Map<Long, State> states = new HashMap<>();
    sql.sql("select * from account where number = any(?) order by number for update")
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              states.put(row.getLong("number"), state(row));
            });
    return states;
  }

  static State state(ResultSet row) throws SQLException {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String value = field.read(row);
      if (value != null) {
        values.put(field, value);
      }
    }
    return new State(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("version"),
        values,
        topics(row.getArray("corrected")),
        Said.parse(row.getString("said")),
        row.getObject("seen_on", LocalDate.class));
  }

  private static Set<Topic> topics(Array names) throws SQLException {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    for (Object name : (Object[]) names.getArray()) {
      topics.add(Topic.valueOf((String) name));
    }
    return topics;
  }

  /** Writes what changed of these. */
  void write(Collection<State> states) {
    insert(states.stream().filter(state -> !state.isStored()).toList());
    update(states.stream().filter(state -> state.isStored() && state.hasChanged()).toList());
  }

  private void insert(List<State> fresh) {
    if (!fresh.isEmpty()) {
      sql.sql(
              """
              insert into account (practice_id, number, id, sort_name, seen_on, said, %s)
              select ?, r.number, r.id, r.sort_name, r.seen_on, r.said, %s
              from jsonb_to_recordset(?::jsonb) as r (number bigint, id uuid, sort_name text,
                seen_on date, said jsonb, %s)
              """
                  .formatted(COLUMNS, OF_ROW, TYPED))
          .param(Actor.currentPractice())
          .param(json(fresh))
          .update();
    }
  }

  private void update(List<State> changed) {
    if (!changed.isEmpty()) {
      sql.sql(
              """
              update account a set sort_name = r.sort_name, seen_on = r.seen_on, said = r.said,
                corrected = array(select jsonb_array_elements_text(r.corrected)),
                version = a.version + 1, %s
              from jsonb_to_recordset(?::jsonb) as r (number bigint, sort_name text, seen_on date,
                said jsonb, corrected jsonb, %s)
              where a.number = r.number
              """
                  .formatted(SET, TYPED))
          .param(json(changed))
          .update();
    }
  }

  private static String json(List<State> states) {
    return JSON.writeValueAsString(states.stream().map(StateRows::row).toList());
  }

  private static Map<String, @Nullable Object> row(State state) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("number", state.number());
    row.put("id", state.id().toString());
    row.put("sort_name", state.sortName());
    row.put("seen_on", state.seenOn() == null ? null : String.valueOf(state.seenOn()));
    row.put("said", state.said());
    row.put("corrected", state.corrected());
    for (Field field : Field.values()) {
      row.put(field.column(), state.value(field));
    }
    return row;
  }
}
