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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.openrcm.statement.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters that are wanted and wait to be printed, and what the contact firewall says of each. */
@Component
public class Letters {
  /** In one file, so that no printer is too small for it. */
  static final int AT_ONCE = 200;

  /** Of those that were withdrawn. */
  private static final int LATEST = 20;

  private static final String WAITING =
      """
      select l.*, a.id as account_id from letter l join account a on a.number = l.account_number
      where l.withdrawn_at is null and not exists (
        select 1 from letter_sent s where s.letter_number = l.number)
        and l.number > ?
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

  /**
   * A letter that waits.
   *
   * @param asked whether the firewall's word on it was kept before
   */
  record Waiting(
      long number,
      UUID id,
      long account,
      UUID accountId,
      Stage stage,
      LocalDate since,
      String by,
      boolean asked) {}

  /** One that waits, with what the firewall would say of it now. */
  record Forecast(Waiting letter, String name, Decision decision) {}

  /** Those that wait, with what the firewall would say of each now. */
  record Sorted(Map<Waiting, Decision> ready, Map<Waiting, Decision> withheld) {}

  /**
   * Looks at those that wait, the oldest first, until so many as fit into a file can go out: what
   * is withheld keeps no later one from being looked at.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Sorted sort() {
    Sorted sorted = new Sorted(new LinkedHashMap<>(), new LinkedHashMap<>());
    LocalDate today = LocalDate.now(clock);
    List<Waiting> page = after(0);
    while (!page.isEmpty() && sorted.ready().size() < AT_ONCE) {
      Map<Purpose, Map<Long, Decision>> said = forecast(page, today);
      for (Waiting letter : page) {
        Decision decision =
            Objects.requireNonNull(
                said.getOrDefault(letter.stage().on(today).purpose(), Map.of())
                    .get(letter.account()));
        if (!decision.allowed()) {
          sorted.withheld().put(letter, decision);
        } else if (sorted.ready().size() < AT_ONCE) {
          sorted.ready().put(letter, decision);
        }
      }
      page = after(page.get(page.size() - 1).number());
    }
    return sorted;
  }

  private List<Waiting> after(long number) {
    return sql.sql(WAITING).params(number, AT_ONCE).query(Letters::row).list();
  }

  private Map<Purpose, Map<Long, Decision>> forecast(List<Waiting> waiting, LocalDate today) {
    Map<Purpose, Map<Long, Decision>> said = new EnumMap<>(Purpose.class);
    waiting.stream()
        .collect(Collectors.groupingBy(letter -> letter.stage().on(today).purpose()))
        .forEach(
            (purpose, some) ->
                said.put(purpose, contacts.forecast(accountsOf(some), Channel.MAIL, purpose)));
    return said;
  }

  /** Those of these letters that nobody has withdrawn by now; they stay so until this is done. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Waiting> stillWaiting(Collection<Waiting> letters) {
    Set<Long> numbers =
        Set.copyOf(
            sql.sql(
                    """
                    select number from letter where number = any (?) and withdrawn_at is null
                    order by number for update
                    """)
                .param(letters.stream().map(Waiting::number).toArray(Long[]::new))
                .query(Long.class)
                .list());
    return letters.stream().filter(letter -> numbers.contains(letter.number())).toList();
  }

  static Set<Long> accountsOf(Collection<Waiting> letters) {
    return letters.stream().map(Waiting::account).collect(Collectors.toUnmodifiableSet());
  }

  private static Waiting row(ResultSet row, int index) throws SQLException {
    return new Waiting(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        Stage.valueOf(row.getString("stage")),
        Objects.requireNonNull(row.getObject("wanted_on", LocalDate.class)),
        row.getString("wanted_by"),
        row.getObject("decision_id") != null);
  }

  /**
   * Those that could go out now in one file, and the first that are withheld; on record as looked
   * for.
   */
  @Transactional
  public List<Forecast> forecast() {
    Sorted sorted = sort();
    List<Map.Entry<Waiting, Decision>> shown =
        Stream.concat(
                sorted.ready().entrySet().stream(),
                sorted.withheld().entrySet().stream().limit(AT_ONCE))
            .toList();
    Set<Long> numbers = accountsOf(shown.stream().map(Map.Entry::getKey).toList());
    Map<Long, Portrait> people = portraits.of(numbers);
    audit.record(Action.QUERY, Subject.list("Letter"), accounts.patients(numbers));
    return shown.stream()
        .map(
            each ->
                new Forecast(
                    each.getKey(),
                    name(Objects.requireNonNull(people.get(each.getKey().account()))),
                    each.getValue()))
        .toList();
  }

  private static String name(Portrait person) {
    return Stream.of(person.patient().firstName(), person.patient().lastName())
        .flatMap(Stream::ofNullable)
        .map(Names::written)
        .collect(Collectors.joining(" "));
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
