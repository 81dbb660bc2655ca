package org.openrcm.letter;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.openrcm.money.Money;
import org.openrcm.payment.OpenVisit;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.openrcm.statement.Language;
import org.openrcm.statement.Stationery;
import org.openrcm.statement.Written;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Prints letters into files, each letter if the contact firewall allows it, and keeps them. */
@Component
public class LetterFiles {
  private static final String SUBJECT = "LetterFile";

  private final JdbcClient sql;
  private final Letters letters;
  private final Contacts contacts;
  private final Stationery stationery;
  private final Portraits portraits;
  private final PatientBalances balances;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  LetterFiles(
      JdbcClient sql,
      Letters letters,
      Contacts contacts,
      Stationery stationery,
      Portraits portraits,
      PatientBalances balances,
      Accounts accounts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.sql = sql;
    this.letters = letters;
    this.contacts = contacts;
    this.stationery = stationery;
    this.portraits = portraits;
    this.balances = balances;
    this.accounts = accounts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** Whether the practice has said who writes and how to reach them. */
  @Transactional
  public boolean mayPrint() {
    return stationery.isComplete();
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
    Letters.Sorted sorted = letters.sort();
    events.publishEvent(new LettersDue(Letters.accountsOf(sorted.ready().keySet())));
    sorted.withheld().keySet().stream().filter(letter -> !letter.asked()).forEach(this::decide);
    List<Letters.Waiting> ready = letters.stillWaiting(sorted.ready().keySet());
    Set<Long> numbers = Letters.accountsOf(ready);
    Map<Long, Portrait> people = portraits.of(numbers);
    Map<Long, Owed> owed = balances.of(numbers);
    List<Long> printed = new ArrayList<>();
    // by account, as all do who change several
    for (Letters.Waiting letter :
        ready.stream().sorted(Comparator.comparing(Letters.Waiting::account)).toList()) {
      Decision decision = decide(letter);
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
    audit.record(Action.ADD, Subject.of(SUBJECT, file), accounts.patients(printed));
    return file;
  }

  private Decision decide(Letters.Waiting letter) {
    Purpose purpose = letter.stage().on(LocalDate.now(clock)).purpose();
    Decision decision = contacts.decide(letter.account(), Channel.MAIL, purpose);
    sql.sql("update letter set decision_id = ? where number = ?")
        .params(decision.id(), letter.number())
        .update();
    return decision;
  }

  private void print(
      Letters.Waiting letter, UUID file, Decision decision, Portrait person, Owed owed) {
    Language language = Language.of(person.language());
    Money asked =
        owed.toPay().stream()
            .filter(visit -> decision.visits().contains(visit.claim()))
            .map(OpenVisit::owed)
            .reduce(Money.ZERO, Money::plus);
    LocalDate today = LocalDate.now(clock);
    Stage.Row row = letter.stage().on(today);
    String amount = new Written(language).money(asked);
    Stationery.Printed printed =
        stationery.print(
            new Stationery.Written(
                person,
                letter.number(),
                today,
                language,
                row.title(language),
                Stream.of(
                        row.text(language).replace("{owed}", amount),
                        contacts.disclosure(letter.account(), language.tag()))
                    .filter(paragraph -> !paragraph.isEmpty())
                    .toList(),
                null));
    sql.sql(
            """
            insert into letter_sent (practice_id, letter_number, file_id, sent_on, sent_by,
              language, owed_cents, decision_id, pdf, pdf_hash, pages)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(letter.number())
        .param(file)
        .param(today)
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
  public List<File> latest() {
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
    List<byte[]> pdfs = new ArrayList<>();
    List<Long> concerned = new ArrayList<>();
    sql.sql(
            """
            select s.pdf, l.account_number from letter_sent s
            join letter l on l.number = s.letter_number
            where s.file_id = ? order by s.letter_number
            """)
        .param(id)
        .query(
            row -> {
              pdfs.add(Objects.requireNonNull(row.getBytes(1)));
              concerned.add(row.getLong(2));
            });
    if (pdfs.isEmpty()) {
      return Optional.empty();
    }
    audit.record(Action.PRINT, Subject.of(SUBJECT, id), accounts.patients(concerned));
    return Optional.of(Stationery.joined(pdfs));
  }
}
