package org.openrcm.letter;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.openrcm.contact.Contacted;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Decision;
import org.openrcm.contact.Direction;
import org.openrcm.contact.Outcome;
import org.openrcm.contact.Party;
import org.openrcm.contact.Purpose;
import org.openrcm.contact.ValidationClocks;
import org.openrcm.money.Money;
import org.openrcm.payment.OpenVisit;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.openrcm.statement.Language;
import org.openrcm.statement.Stationery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters that are wanted, and those that were printed; each passes the contact firewall. */
@Component
public class Letters {
  /** In one file, so that no printer is too small for it. */
  static final int AT_ONCE = 200;

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
  private final Stationery stationery;
  private final Portraits portraits;
  private final PatientBalances balances;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  Letters(
      JdbcClient sql,
      Contacts contacts,
      ValidationClocks clocks,
      Stationery stationery,
      Portraits portraits,
      PatientBalances balances,
      Accounts accounts,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.contacts = contacts;
    this.clocks = clocks;
    this.stationery = stationery;
    this.portraits = portraits;
    this.balances = balances;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Wants a letter; it waits to be printed. Who wants it writes the audit row of the act.
   *
   * @param cause what made it necessary, such as the id of a promise; the same again is the same
   *     letter
   * @return whether it is new
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean want(long account, Stage stage, String cause) {
    return sql.sql(
                """
                insert into letter (practice_id, number, id, account_number, stage, cause,
                  wanted_on, wanted_by)
                values (?, nextval('letter_number'), ?, ?, ?, ?, ?, ?)
                on conflict (practice_id, cause) do nothing
                """)
            .param(Actor.currentPractice())
            .param(UUID.randomUUID())
            .param(account)
            .param(stage.name())
            .param(stage.name() + " " + cause)
            .param(LocalDate.now(clock))
            .param(Actor.current().name())
            .update()
        > 0;
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

  private List<Waiting> waiting() {
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
    Set<Long> numbers = Set.copyOf(waiting.stream().map(Waiting::account).toList());
    Map<Long, Portrait> people = portraits.of(numbers);
    Map<Purpose, Map<Long, Decision>> decided = new EnumMap<>(Purpose.class);
    waiting.stream()
        .collect(Collectors.groupingBy(letter -> row(letter).purpose()))
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
              decided.getOrDefault(row(letter).purpose(), Map.of()).get(letter.account()));
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
   * Prints those that wait and are allowed now into one file; each is a contact from then on.
   *
   * @return the file; null when none could go out
   */
  @Transactional
  public @Nullable UUID print() {
    // one at a time: nobody gets a letter twice
    sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 22))")
        .param(Actor.currentPractice().toString())
        .query((row, index) -> 0)
        .list();
    UUID file = UUID.randomUUID();
    List<Waiting> waiting = waiting();
    Set<Long> numbers = Set.copyOf(waiting.stream().map(Waiting::account).toList());
    Map<Long, Portrait> people = portraits.of(numbers);
    Map<Long, Owed> owed = balances.of(numbers);
    List<Long> printed = new ArrayList<>();
    for (Waiting letter : waiting) {
      Decision decision = contacts.decide(letter.account(), Channel.MAIL, row(letter).purpose());
      sql.sql("update letter set decision_id = ? where number = ?")
          .params(decision.id(), letter.number())
          .update();
      if (decision.allowed()) {
        print(
            letter,
            file,
            decision,
            Objects.requireNonNull(people.get(letter.account())),
            Objects.requireNonNull(owed.get(letter.account())));
        printed.add(letter.account());
      }
    }
    if (printed.isEmpty()) {
      return null;
    }
    audit.record(Action.ADD, Subject.of("LetterFile", file), accounts.patients(printed));
    return file;
  }

  private Stage.Row row(Waiting letter) {
    return letter.stage().on(LocalDate.now(clock));
  }

  private void print(Waiting letter, UUID file, Decision decision, Portrait person, Owed owed) {
    Language language = Language.of(person.language());
    Money asked =
        owed.toPay().stream()
            .filter(visit -> decision.visits().contains(visit.claim()))
            .map(OpenVisit::owed)
            .reduce(Money.ZERO, Money::plus);
    Stage.Row row = row(letter);
    String amount = new org.openrcm.statement.Written(language).money(asked);
    Stationery.Printed printed =
        stationery.print(
            new Stationery.Written(
                person,
                letter.number(),
                LocalDate.now(clock),
                language,
                row.title(language),
                Stream.of(
                        row.text(language).replace("{owed}", amount),
                        contacts.disclosure(letter.account(), language.tag()))
                    .filter(paragraph -> !paragraph.isEmpty())
                    .toList()));
    sql.sql(
            """
            insert into letter_sent (practice_id, letter_number, file_id, sent_on, sent_by,
              language, owed_cents, decision_id, pdf, pdf_hash, pages)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(letter.number())
        .param(file)
        .param(LocalDate.now(clock))
        .param(Actor.current().name())
        .param(language.tag())
        .param(asked.cents())
        .param(decision.id())
        .param(printed.pdf())
        .param(sha256(printed.pdf()))
        .param(printed.pages())
        .update();
    contacts.log(
        letter.account(),
        new Contacted(
            Channel.MAIL,
            Direction.OUT,
            Outcome.SENT,
            row.purpose(),
            Party.PAYER,
            null,
            clock.instant(),
            "Letter " + letter.number()),
        letter.id().toString());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file of letters that was printed. */
  record File(UUID id, LocalDate day, String by, long letters) {}

  /** The latest files. */
  @Transactional
  public List<File> files() {
    return sql.sql(
            """
            select file_id as id, min(sent_on) as day, min(sent_by) as by, count(*) as letters
            from letter_sent group by 1 order by min(sent_at) desc limit 20
            """)
        .query(File.class)
        .list();
  }

  /**
   * A file as one PDF.
   *
   * @return nothing when the practice has no such file
   */
  @Transactional
  public Optional<byte[]> file(UUID id) {
    Map<Long, byte[]> pdfs = new HashMap<>();
    List<Long> letters = new ArrayList<>();
    List<Long> concerned = new ArrayList<>();
    sql.sql(
            """
            select s.letter_number, s.pdf, l.account_number from letter_sent s
            join letter l on l.number = s.letter_number
            where s.file_id = ? order by s.letter_number
            """)
        .param(id)
        .query(
            row -> {
              letters.add(row.getLong(1));
              pdfs.put(row.getLong(1), row.getBytes(2));
              concerned.add(row.getLong(3));
            });
    if (letters.isEmpty()) {
      return Optional.empty();
    }
    audit.record(Action.PRINT, Subject.of("LetterFile", id), accounts.patients(concerned));
    return Optional.of(
        Stationery.joined(letters.stream().map(pdfs::get).filter(Objects::nonNull).toList()));
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

  @Transactional
  public boolean mayPrint() {
    return stationery.isComplete();
  }
}
