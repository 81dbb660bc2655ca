package org.openrcm.compliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.PatientSearches;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the patients whose disclosures somebody asks for: names and birth dates, no more. */
@Component
class DisclosurePatients {
  private static final int MOST = 50;
  private static final String TO_THE_END = "\uffff";

  private final JdbcClient sql;
  private final PatientSearches searches;
  private final Accounts accounts;
  private final AuditTrail audit;

  DisclosurePatients(
      JdbcClient sql, PatientSearches searches, Accounts accounts, AuditTrail audit) {
    this.sql = sql;
    this.searches = searches;
    this.accounts = accounts;
    this.audit = audit;
  }

  /**
   * A patient's account.
   *
   * @param noted how many disclosures were noted of it
   * @param askedOn since when an accounting is owed; null when none is
   */
  record Row(
      long number,
      UUID id,
      String name,
      @Nullable LocalDate born,
      long noted,
      @Nullable LocalDate askedOn) {}

  /**
   * By a search; without one all that something was noted of, those who wait for an accounting
   * first.
   */
  @Transactional
  public List<Row> find(@Nullable UUID search) {
    StringBuilder where = new StringBuilder();
    Map<String, Object> values = new HashMap<>();
    List<String> words = searches.words(search);
    for (int i = 0; i < words.size(); i++) {
      where.append(
          """
           and a.number in (select account_number from account_word
            where word >= :word%1$d and word < :end%1$d)
          """
              .formatted(i));
      values.put("word" + i, words.get(i));
      values.put("end" + i, words.get(i) + TO_THE_END);
    }
    if (words.isEmpty()) {
      where.append(
          """
           and a.number in (select account_number from disclosure
            union select account_number from accounting_request)
          """);
    }
    List<Row> found =
        sql.sql(
                """
                select a.number, a.id, a.last_name, a.first_name, a.birth_date, w.asked_on,
                  (select count(*) from disclosure d where d.account_number = a.number
                    and d.withdrawn_at is null) as noted
                from account a
                left join lateral (select min(asked_on) as asked_on from accounting_request r
                  where r.account_number = a.number and r.given_on is null) w on true
                where true %s
                order by w.asked_on nulls last, a.sort_name, a.number limit :limit
                """
                    .formatted(where))
            .params(values)
            .param("limit", MOST)
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("number"),
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        name(row.getString("last_name"), row.getString("first_name")),
                        row.getObject("birth_date", LocalDate.class),
                        row.getLong("noted"),
                        row.getObject("asked_on", LocalDate.class)))
            .list();
    List<Long> numbers = new ArrayList<>(found.stream().map(Row::number).toList());
    audit.record(Action.QUERY, Subject.list(Disclosures.SUBJECT), accounts.patients(numbers));
    return found;
  }

  static String name(@Nullable String last, @Nullable String first) {
    String name =
        Stream.of(first, last)
            .filter(Objects::nonNull)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return name.isEmpty() ? "(no name)" : name;
  }
}
