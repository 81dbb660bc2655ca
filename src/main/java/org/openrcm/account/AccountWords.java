package org.openrcm.account;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.audit.PatientSearches;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The words that accounts are found by: names of those on them, and member numbers. */
@Component
class AccountWords {
  private final JdbcClient sql;

  AccountWords(JdbcClient sql) {
    this.sql = sql;
  }

  /** Lets accounts be found by what claims say. */
  void add(List<Seen> seen, Map<Long, Long> accountsByClaim) {
    List<String> words = new ArrayList<>();
    List<Long> of = new ArrayList<>();
    for (Seen each : seen) {
      for (String word : words(each)) {
        words.add(word);
        of.add(Objects.requireNonNull(accountsByClaim.get(each.claim())));
      }
    }
    add(words, of);
  }

  /** Lets accounts be found by words: one account for each. */
  void add(List<String> words, List<Long> of) {
    sql.sql(
            """
            insert into account_word (practice_id, word, account_number)
            select ?, w.word, w.account from unnest(?::text[], ?::bigint[]) as w (word, account)
            order by w.word, w.account
            on conflict do nothing
            """)
        .param(Actor.currentPractice())
        .param(words.toArray(String[]::new))
        .param(of.toArray(Long[]::new))
        .update();
  }

  private static Set<String> words(Seen seen) {
    Set<String> words = new LinkedHashSet<>();
    Seen.Person patient = seen.patient();
    cut(patient.lastName(), words);
    cut(patient.firstName(), words);
    cut(patient.middleName(), words);
    Seen.Person guarantor = seen.guarantor();
    if (guarantor != null) {
      cut(guarantor.lastName(), words);
      cut(guarantor.firstName(), words);
    }
    seen.coverages().forEach(coverage -> cut(coverage.memberId(), words));
    return words;
  }

  /** Adds the words of a text, if there is one. */
  static void cut(@Nullable String text, Set<String> words) {
    if (text != null) {
      words.addAll(PatientSearches.cut(Clean.text(text)));
    }
  }
}
