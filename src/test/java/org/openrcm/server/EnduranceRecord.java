package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openrcm.posting.TestBooks;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds of what users were told, beside what it held before they began. */
final class EnduranceRecord {
  private static final Set<String> IN_WORK = Set.of("RECEIVED", "READING");

  private static final String COMMANDS =
      """
      select c.kind || ' ' || r.id as what, count(*) as times from posting_command c
      join remittance r on r.number = c.remittance_number
      where c.kind in ('POST', 'UNDO') group by 1
      """;

  private static final String STEPS =
      """
      select idempotency_key as what, count(*) as times from collection_step
      where idempotency_key is not null group by 1
      """;

  private static final String FILES =
      """
      select f.id::text as id, encode(f.sha256, 'hex') as hash, f.state,
        f.duplicate_of is not null as copy,
        (select count(*) from submission s join claim c on c.submission_number = s.number
          where s.file_id = f.id)
        + (select count(*) from remittance r join claim_payment p on p.remittance_number = r.number
          where r.file_id = f.id) as claims
      from received_file f
      """;

  /** A check is posted when it was posted once more than it was undone. */
  private static final String STATES =
      """
      select r.id::text from remittance r
      join remittance_posting p on p.remittance_number = r.number
      where (p.state = 'POSTED')::int <> (
        select count(*) filter (where c.kind = 'POST') - count(*) filter (where c.kind = 'UNDO')
        from posting_command c where c.remittance_number = r.number)
      """;

  /** Between two times that an account is taken it is finished, put back or ran out. */
  private static final String GIVEN_TO_TWO =
      """
      select account_number::text from (
        select account_number, kind,
          lag(kind) over (partition by account_number order by number) as before
        from collection_step
        where kind not in ('NOTED', 'UNDONE', 'LETTER_WANTED', 'LETTER_WITHDRAWN')) n
      where kind = 'TAKEN' and before = 'TAKEN'
      """;

  private static final String HOLD_TWO =
      """
      select holder_id::text from collection_entry where lease is not null
      group by holder_id having count(*) > 1
      """;

  private final JdbcClient sql;
  private final TestBooks books;
  private final Map<String, Integer> commandsBefore;

  EnduranceRecord(JdbcClient sql, TestBooks books) {
    this.sql = sql;
    this.books = books;
    this.commandsBefore = counted(COMMANDS);
  }

  private Map<String, Integer> counted(String query) {
    Map<String, Integer> counted = new HashMap<>();
    books.ask(
        () -> {
          sql.sql(query)
              .query(
                  row -> {
                    counted.put(row.getString("what"), row.getInt("times"));
                  });
          return true;
        });
    return counted;
  }

  private List<String> texts(String query) {
    return books.ask(() -> sql.sql(query).query(String.class).list());
  }

  private record Row(String id, String hash, String state, boolean copy, long claims) {}

  void checkFiles(EnduranceFiles files) {
    Map<String, Row> byId = new HashMap<>();
    Map<String, Row> originals = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Row row : books.ask(() -> sql.sql(FILES).query(Row.class).list())) {
      byId.put(row.id(), row);
      if (!row.copy() && originals.put(row.hash(), row) != null) {
        twice.add(row.id());
      }
    }
    assertThat(twice).as("files that are there twice").isEmpty();
    assertThat(byId.keySet()).as("receipts").containsAll(files.receipts().keySet());
    files
        .receipts()
        .forEach(
            (id, hash) -> {
              assertThat(byId.get(id).hash()).as("bytes of %s", id).isEqualTo(hash);
              Row original = originals.get(hash);
              assertThat(original).as("the original of %s", id).isNotNull();
              assertThat(original.state()).isNotIn(IN_WORK);
              files
                  .handed()
                  .get(hash)
                  .ifPresent(
                      claims -> {
                        assertThat(original.state()).as("state of %s", id).isEqualTo("LOADED");
                        assertThat(original.claims()).as("claims of %s", id).isEqualTo(claims);
                      });
            });
    assertThat(files.receipts()).isNotEmpty();
  }

  void checkPosting(EnduranceLedger told) {
    Map<String, Integer> done = counted(COMMANDS);
    commandsBefore.forEach((what, times) -> done.merge(what, -times, Integer::sum));
    told.least()
        .forEach(
            (what, times) ->
                assertThat(done.getOrDefault(what, 0)).as(what).isGreaterThanOrEqualTo(times));
    done.forEach((what, times) -> assertThat(times).as(what).isLessThanOrEqualTo(told.most(what)));
    assertThat(told.told()).as("postings").isPositive();
    assertThat(texts(STATES)).as("checks that are not what was done with them").isEmpty();
  }

  void checkQueue(EnduranceLedger told) {
    Map<String, Integer> done = counted(STEPS);
    assertThat(done.keySet()).as("steps").containsAll(told.least().keySet());
    done.forEach((what, times) -> assertThat(times).as(what).isOne());
    assertThat(done.keySet()).allMatch(key -> told.most(key) > 0);
    assertThat(told.told()).as("steps of the queue").isPositive();
    assertThat(texts(HOLD_TWO)).as("collectors who hold two").isEmpty();
    assertThat(texts(GIVEN_TO_TWO)).as("accounts that two held").isEmpty();
  }
}
