package org.openrcm.letter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Decision;
import org.openrcm.contact.Purpose;
import org.openrcm.contact.ValidationClocks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters that are wanted and wait to be printed, and what the contact firewall says of each. */
@Component
public class Letters {
  /** In one file, so that no printer is too small for it. */
  private static final int AT_ONCE = 200;

  /** Of those that were withdrawn. */
  private static final int LATEST = 20;

  private static final String WAITING =
      """
      select l.*, a.id as account_id from letter l join account a on a.number = l.account_number
      where l.withdrawn_at is null and not exists (
        select 1 from letter_sent s where s.letter_number = l.number)
      order by l.number limit ?
      """;

  private final JdbcClient sql;
  private final Contacts contacts;
  private final ValidationClocks clocks;
  private final Portraits portraits;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  Letters(
      JdbcClient sql,
      Contacts contacts,
      ValidationClocks clocks,
      Portraits portraits,
      Accounts accounts,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.contacts = contacts;
    this.clocks = clocks;
    this.portraits = portraits;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /** A letter that waits. */
  record Waiting(
      long number,
      UUID id,
      long account,
      UUID accountId,
      Stage stage,
      LocalDate since,
      String by) {}

  /** One that waits, with what the firewall would say of it now. */
  record Forecast(Waiting letter, String name, Decision decision) {}

  /** The first of those that wait. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Waiting> waiting() {
    return sql.sql(WAITING).param(AT_ONCE).query(Letters::row).list();
  }

  private static Waiting row(ResultSet row, int index) throws SQLException {
    return new Waiting(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        Stage.valueOf(row.getString("stage")),
        Objects.requireNonNull(row.getObject("wanted_on", LocalDate.class)),
        row.getString("wanted_by"));
  }

  /** The first of those that wait, and whether each could go out now; on record as looked for. */
  @Transactional
  public List<Forecast> forecast() {
    List<Waiting> waiting = waiting();
    LocalDate today = LocalDate.now(clock);
    Set<Long> numbers = Set.copyOf(waiting.stream().map(Waiting::account).toList());
    Map<Long, Portrait> people = portraits.of(numbers);
    Map<Purpose, Map<Long, Decision>> decided = new EnumMap<>(Purpose.class);
    waiting.stream()
        .collect(Collectors.groupingBy(letter -> letter.stage().on(today).purpose()))
        .forEach(
            (purpose, some) ->
                decided.put(
                    purpose,
                    contacts.forecast(
                        Set.copyOf(some.stream().map(Waiting::account).toList()),
                        Channel.MAIL,
                        purpose)));
    audit.record(Action.QUERY, Subject.list("Letter"), accounts.patients(numbers));
    List<Forecast> forecasts = new ArrayList<>();
    for (Waiting letter : waiting) {
      Portrait person = Objects.requireNonNull(people.get(letter.account()));
      Decision decision =
          Objects.requireNonNull(
              decided
                  .getOrDefault(letter.stage().on(today).purpose(), Map.of())
                  .get(letter.account()));
      forecasts.add(new Forecast(letter, name(person), decision));
    }
    return forecasts;
  }

  private static String name(Portrait person) {
    return Objects.requireNonNullElse(person.patient().firstName(), "")
        + " "
        + Objects.requireNonNullElse(person.patient().lastName(), "");
  }

  /**
   * Takes a letter back that was not printed, or wants it again.
   *
   * @return whether it was changed
   */
  @Transactional
  public boolean withdraw(UUID id, boolean back) {
    Collection<Long> account =
        sql.sql(
                """
                update letter set withdrawn_at = ?, withdrawn_by = ?
                where id = ? and (withdrawn_at is null) = ? and not exists (
                  select 1 from letter_sent s where s.letter_number = letter.number)
                returning account_number
                """)
            .param(back ? null : clock.instant().atOffset(ZoneOffset.UTC))
            .param(back ? null : Actor.current().name())
            .param(id)
            .param(!back)
            .query(Long.class)
            .list();
    if (!account.isEmpty()) {
      audit.record(Action.CHANGE, Subject.of("Letter", id), accounts.patients(account));
    }
    return !account.isEmpty();
  }

  /**
   * A letter that was withdrawn.
   *
   * @param by null for one whose reason went away
   */
  record Withdrawn(UUID accountId, String name, Stage stage, LocalDate on, @Nullable String by) {}

  /** Those that were withdrawn last; on record as looked for. */
  @Transactional
  public List<Withdrawn> withdrawn() {
    List<Long> numbers = new ArrayList<>();
    List<Withdrawn> withdrawn =
        sql.sql(
                """
                select a.number, a.id, l.stage, l.withdrawn_at, l.withdrawn_by,
                  concat_ws(' ', initcap(a.first_name), initcap(a.last_name)) as name
                from letter l join account a on a.number = l.account_number
                where l.withdrawn_at is not null order by l.withdrawn_at desc, l.number limit ?
                """)
            .param(LATEST)
            .query(
                (row, index) -> {
                  numbers.add(row.getLong("number"));
                  return new Withdrawn(
                      Objects.requireNonNull(row.getObject("id", UUID.class)),
                      row.getString("name"),
                      Stage.valueOf(row.getString("stage")),
                      LocalDate.ofInstant(
                          Objects.requireNonNull(
                                  row.getObject("withdrawn_at", OffsetDateTime.class))
                              .toInstant(),
                          clock.getZone()),
                      row.getString("withdrawn_by"));
                })
            .list();
    if (!withdrawn.isEmpty()) {
      audit.record(Action.QUERY, Subject.list("Letter"), accounts.patients(numbers));
    }
    return withdrawn;
  }

  /** Validation notices that are due, of whom; on record with the letters. */
  @Transactional
  public List<ValidationClocks.Due> validationDue() {
    List<ValidationClocks.Due> due = clocks.due();
    if (!due.isEmpty()) {
      audit.record(
          Action.QUERY,
          Subject.list("Letter"),
          accounts.patients(due.stream().map(ValidationClocks.Due::account).toList()));
    }
    return due;
  }
}
