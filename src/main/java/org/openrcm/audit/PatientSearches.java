package org.openrcm.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Patients whom people look for on lists. Addresses name a search by its id, so that no patient's
 * name gets into them, and from there into histories and logs.
 */
@Component
public class PatientSearches {
  private static final int LONGEST = 200;

  private final JdbcClient sql;

  PatientSearches(JdbcClient sql) {
    this.sql = sql;
  }

  /** Keeps a search; the same words of the same person are the same search. */
  @Transactional
  public UUID keep(String text) {
    String words = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    Optional<UUID> known =
        sql.sql("select id from patient_search where staff_id = ? and words = ? limit 1")
            .param(Actor.current().id())
            .param(words)
            .query(UUID.class)
            .optional();
    if (known.isPresent()) {
      return known.get();
    }
    UUID id = UUID.randomUUID();
    sql.sql("insert into patient_search (practice_id, id, staff_id, words) values (?, ?, ?, ?)")
        .param(Actor.currentPractice())
        .param(id)
        .param(Actor.current().id())
        .param(words)
        .update();
    return id;
  }

  /** What was typed; empty when there is no such search. */
  @Transactional
  public String text(@Nullable UUID id) {
    return id == null
        ? ""
        : sql.sql("select words from patient_search where id = ?")
            .param(id)
            .query(String.class)
            .optional()
            .orElse("");
  }

  /**
   * The words that are looked for: each must begin a name or a number of the patient.
   *
   * @param id null when nobody is looked for; a search that is not there finds nobody
   */
  @Transactional
  public List<String> words(@Nullable UUID id) {
    if (id == null) {
      return List.of();
    }
    List<String> words = cut(text(id));
    return words.isEmpty() ? List.of("\uffff") : words;
  }

  /** A text cut into words as they are kept and looked for. */
  public static List<String> cut(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.length() > LONGEST ? word.substring(0, LONGEST) : word)
        .toList();
  }
}
