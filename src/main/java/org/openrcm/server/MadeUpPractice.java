package org.openrcm.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.audit.Actor;
import org.openrcm.identity.ApiClients;
import org.openrcm.identity.Memberships;
import org.openrcm.identity.OneTimeLinks;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.posting.Mode;
import org.openrcm.posting.Posting;
import org.openrcm.statement.EarlierBills;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The practice that a server with a database of its own begins with, so that there is something to
 * see: made-up people, one for each role, the files of {@code samples/}, and bills as they would
 * have been sent since. What is there already stays as it is; what a start that was cut short left
 * out is added by the next.
 */
@Component
class MadeUpPractice {
  private static final String NAME = "Larkfield Family Practice (made up)";
  private static final String PROGRAM = "Program to try FHIR with";
  private static final Pattern FOLDER_AND_FILE = Pattern.compile("([^/]+)/([^/]+)$");
  private static final List<String> SCOPES =
      List.of("system/*.rs", "system/files.read", "system/files.write");
  private static final Duration LINKS_LAST = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private static final List<Person> PEOPLE =
      List.of(
          new Person(Role.POSTER, "Perrin Oakhollow"),
          new Person(Role.BILLER, "Bryn Tallowmere"),
          new Person(Role.COLLECTOR, "Corin Ashwick"),
          new Person(Role.MANAGER, "Maren Fellbrook"),
          new Person(Role.COMPLIANCE, "Callum Rookwood"),
          new Person(Role.ADMINISTRATOR, "Ada Winterbourne"));

  private final Practices practices;
  private final Staff staff;
  private final Memberships memberships;
  private final OneTimeLinks links;
  private final ApiClients programs;
  private final Intake intake;
  private final Posting posting;
  private final EarlierBills earlierBills;
  private final JdbcClient database;
  private final TransactionTemplate transaction;

  MadeUpPractice(
      Practices practices,
      Staff staff,
      Memberships memberships,
      OneTimeLinks links,
      ApiClients programs,
      Intake intake,
      Posting posting,
      EarlierBills earlierBills,
      JdbcClient database,
      TransactionTemplate transaction) {
    this.practices = practices;
    this.staff = staff;
    this.memberships = memberships;
    this.links = links;
    this.programs = programs;
    this.intake = intake;
    this.posting = posting;
    this.earlierBills = earlierBills;
    this.database = database;
    this.transaction = transaction;
  }

  /** How checks of some payers (TRN03) are posted; those of all others wait for a review. */
  private static final List<PayerMode> MODES =
      List.of(
          new PayerMode("1899950903", "TANSY STATE CARE", Mode.AUTOMATIC),
          new PayerMode("1898779517", "OLD LANTERN MEDICARE CONTRACTOR", Mode.AUTOMATIC),
          new PayerMode("1898162602", "HARROWGATE MUTUAL", Mode.ONE_CLICK));

  private record PayerMode(String payer, String name, Mode mode) {}

  private record Person(Role role, String name) {
    String email() {
      return role.code() + "@larkfield.example";
    }
  }

  /**
   * Somebody who can sign in.
   *
   * @param path of a page that signs them in, once
   */
  record Way(Role role, String name, String path) {}

  /**
   * The practice as it is now.
   *
   * @param ways in, one for each role; those of earlier starts have ended
   * @param program that may read by FHIR and send files; that of earlier starts has ended
   */
  record Opened(
      String name, long claims, long remittances, List<Way> ways, ApiClients.Credentials program) {}

  /** Makes sure that it is there and loaded, and opens new ways in. */
  Opened open() throws IOException {
    Practice practice =
        practices.all().stream().filter(Practice::madeUp).findFirst().orElseGet(this::make);
    return Actor.job("start of the server", practice.id()).call(() -> open(practice));
  }

  private Practice make() {
    return new Practice(practices.create(NAME, true), NAME, true);
  }

  private Opened open(Practice practice) throws IOException {
    List<Way> ways = new ArrayList<>();
    for (Person person : PEOPLE) {
      UUID id = hire(practice, person);
      ways.add(
          new Way(person.role(), person.name(), OneTimeLinks.path(links.create(id, LINKS_LAST))));
    }
    load();
    return transaction.execute(
        status -> {
          Loaded loaded =
              database
                  .sql(
                      "select (select count(*) from claim) as claims,"
                          + " (select count(*) from remittance) as remittances")
                  .query(Loaded.class)
                  .single();
          return new Opened(
              practice.name(), loaded.claims(), loaded.remittances(), ways, program(practice));
        });
  }

  private record Loaded(long claims, long remittances) {}

  /** A secret is shown once: a later start needs another. */
  private ApiClients.Credentials program(Practice practice) {
    database
        .sql(
            "select id from api_client"
                + " where practice_id = ? and name = ? and revoked_at is null")
        .params(practice.id(), PROGRAM)
        .query(UUID.class)
        .list()
        .forEach(programs::revoke);
    return programs.create(PROGRAM, SCOPES);
  }

  private UUID hire(Practice practice, Person person) {
    return transaction.execute(
        status ->
            database
                .sql(
                    "select s.id from staff s join membership m on m.staff_id = s.id"
                        + " where m.practice_id = ? and lower(s.email) = ?"
                        + " and s.disabled_at is null limit 1")
                .params(practice.id(), person.email())
                .query(UUID.class)
                .optional()
                .orElseGet(
                    () -> {
                      UUID id = staff.create(person.email(), person.name());
                      memberships.grant(id, practice.id(), person.role());
                      return id;
                    }));
  }

  private void load() throws IOException {
    if (!ask("select exists (select from payer_mode)")) {
      MODES.forEach(each -> posting.mode(each.payer(), each.name(), each.mode()));
    }
    for (Resource sample : samples()) {
      if (!ask("select exists (select from received_file where sha256 = ?)", sha256(sample))) {
        try (InputStream in = sample.getInputStream()) {
          intake.receive(name(sample), Via.SAMPLE, in);
        }
      }
    }
    awaitReading();
    earlierBills.send();
  }

  /** Remittances of several kinds, and a month of claims with what came back day by day. */
  private static List<Resource> samples() throws IOException {
    List<Resource> samples = new ArrayList<>();
    PathMatchingResourcePatternResolver found = new PathMatchingResourcePatternResolver();
    for (String pattern : List.of("*.835", "month/claims.837", "month/answers/*/*.*")) {
      List<Resource> some =
          new ArrayList<>(List.of(found.getResources("classpath:samples/" + pattern)));
      some.sort(Comparator.comparing(Resource::getDescription));
      samples.addAll(some);
    }
    return samples;
  }

  /** What is answered on several days has one name: the day tells it apart. */
  private static String name(Resource sample) throws IOException {
    Matcher path = FOLDER_AND_FILE.matcher(sample.getURL().getPath());
    if (!path.find()) {
      throw new IllegalStateException("a sample without a name");
    }
    String folder = path.group(1);
    return Character.isDigit(folder.charAt(0)) ? folder + "-" + path.group(2) : path.group(2);
  }

  private static byte[] sha256(Resource resource) {
    try (DigestInputStream in =
        new DigestInputStream(resource.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.readAllBytes();
      return in.getMessageDigest().digest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The samples take a second; whoever waits longer sees on the pages how far they are. */
  private void awaitReading() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isReading() && System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isReading() {
    return ask(
        """
        select exists (select from received_file where state in ('RECEIVED', 'READING'))
          or exists (select from posting_due)
          or exists (select from remittance_posting where state in ('PREPARING', 'POSTING'))
        """);
  }

  /** Of the rows of this practice. */
  private boolean ask(String question, Object... values) {
    Boolean answer =
        transaction.execute(
            status -> database.sql(question).params(values).query(Boolean.class).single());
    return Boolean.TRUE.equals(answer);
  }
}
