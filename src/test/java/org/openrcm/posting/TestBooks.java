package org.openrcm.posting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Receipt;
import org.openrcm.intake.Via;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A practice of a test's own, with its files and its books. */
public final class TestBooks {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Posting posting;
  private final Intake intake;
  private final TestUsers users;
  public final UUID practice;
  private final Actor actor;

  public TestBooks(ApplicationContext server) {
    this(server, server.getBean(TestUsers.class).practice("Larkmoor Family Practice"));
  }

  public TestBooks(ApplicationContext server, UUID practice) {
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.posting = server.getBean(Posting.class);
    this.practice = practice;
    this.users = server.getBean(TestUsers.class);
    this.intake = server.getBean(Intake.class);
    this.actor = Actor.job("test", practice);
  }

  /** Hands a file in and waits until all that follows from it is done. */
  public UUID load(String name, byte[] x12) {
    UUID file = receive(name, x12);
    settled();
    return file;
  }

  /** Hands a file in and does not wait. */
  public UUID receive(String name, byte[] x12) {
    try {
      Receipt receipt =
          actor.call(() -> intake.receive(name, Via.UPLOAD, new ByteArrayInputStream(x12)));
      return receipt.id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public UUID load(Path file) {
    try {
      return load(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the files of a story of cases-posting, each as {@code change} makes it. */
  public void loadCase(String story, UnaryOperator<String> change) {
    try (Stream<Path> files = Files.list(CASES.resolve(story))) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().matches("[0-9].*"))
              .sorted()
              .toList()) {
        load(
            story + "-" + file.getFileName(),
            change.apply(Files.readString(file)).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void loadCase(String story) {
    loadCase(story, text -> text);
  }

  /**
   * Takes in a patient's visits and what insurers decide on them, without waiting.
   *
   * @param patient in capitals and figures: begins all numbers, and is a part of the name
   * @param change what is made of each remittance
   */
  public void receivePatient(long seed, String patient, int control, UnaryOperator<String> change) {
    for (MadeUpMail.Letter letter : PatientMail.of(seed, patient, control)) {
      String text = new String(letter.bytes(), StandardCharsets.US_ASCII);
      boolean answer = letter.name().endsWith(".835");
      String sent = answer ? change.apply(text) : text;
      receive(letter.name(), sent.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Takes in one visit each of so many patients, all of whom owe a share; without waiting. */
  public void receiveCrowd(int patients) {
    PatientMail.crowd(patients).forEach(each -> receive(each.name(), each.bytes()));
  }

  /** Takes in so many visits of one patient, who owes a share of each; without waiting. */
  public void receiveVisits(int visits) {
    for (MadeUpMail.Letter letter : PatientMail.crowd(visits)) {
      String text = new String(letter.bytes(), StandardCharsets.US_ASCII);
      String one = text.replaceAll("TANSY\\w+(\\*{4}MI\\*)BFH\\w+", "TANSYTWICE$1BFH100000001");
      receive(letter.name(), one.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Takes in mail as no payer would send it, without waiting. */
  public void receiveStrange(long seed, String prefix, int control) {
    MadeUpMail.of(seed, prefix, control).forEach(each -> receive(each.name(), each.bytes()));
  }

  /** Waits until no job of the practice is left. */
  public void settled() {
    users.settled(practice);
  }

  /** Posts every check that waits, balanced or not. */
  public void postAll() {
    for (UUID id : checks("WAITING")) {
      run(() -> posting.post(id, List.of()));
    }
    settled();
  }

  public void undoAll() {
    for (UUID id : checks("POSTED")) {
      run(() -> posting.undo(id));
    }
    settled();
  }

  /** Checks in this state, in the order of loading. */
  public List<UUID> checks(String state) {
    return ask(
        () ->
            sql.sql(
                    """
                    select r.id from remittance r
                    join remittance_posting p on p.remittance_number = r.number
                    where p.state = ? order by r.number
                    """)
                .param(state)
                .query(UUID.class)
                .list());
  }

  /** What every account that is not at zero comes to, a line for each, in order. */
  public String balances() {
    return "account\tclaim\trank\treference\tbalance\n"
        + String.join(
            "",
            ask(
                () ->
                    sql
                        .sql(
                            """
                            select account, coalesce(c.patient_control_number, '') as claim,
                              coalesce(rank::text, '') as rank,
                              coalesce(reference, '') as reference, sum(amount_cents) as cents
                            from journal_line l left join claim c on c.number = l.claim_number
                            group by 1, 2, 3, 4 having sum(amount_cents) <> 0
                            """)
                        .query(
                            (row, index) ->
                                String.join(
                                        "\t",
                                        row.getString("account"),
                                        row.getString("claim"),
                                        row.getString("rank"),
                                        row.getString("reference"),
                                        decimal(row.getLong("cents")))
                                    + "\n")
                        .list()
                        .stream()
                        .sorted()
                        .toList()));
  }

  /** What the preview of a check says that it brings, and where it leaves its patients. */
  public List<String> preview(UUID check) {
    return ask(
        () ->
            sql.sql(
                    """
                    select 'brings ' || concat_ws(' ', sum(paid_cents), sum(contractual_cents),
                      sum(denied_cents), sum(reduced_cents), sum(patient_cents),
                      sum(unapplied_cents))
                    from payment_posting where remittance_number = :check
                    union all
                    select distinct claim_number::text || ' owes ' || patient_after_cents
                    from payment_posting where remittance_number = :check
                      and claim_number is not null
                    order by 1
                    """)
                .param("check", number(check))
                .query(String.class)
                .list());
  }

  /** The same from the journal, once it is posted. */
  public List<String> whatItBrought(UUID check) {
    return ask(
        () ->
            sql.sql(
                    """
                    select 'brings ' || concat_ws(' ',
                      coalesce(sum(amount_cents) filter (where account = 'CASH_CLEARING'), 0),
                      coalesce(sum(amount_cents) filter (where account = 'CONTRACTUAL_ADJUSTMENT'), 0),
                      coalesce(sum(amount_cents) filter (
                        where account in ('DENIED_PENDING_REVIEW', 'DENIAL_WRITE_OFF')), 0),
                      coalesce(sum(amount_cents) filter (where account = 'PAYER_REDUCTION'), 0),
                      coalesce(sum(amount_cents) filter (where account = 'PATIENT_RECEIVABLE'), 0),
                      coalesce(-sum(amount_cents) filter (where account = 'UNAPPLIED_CREDIT'), 0))
                    from journal_entry e join journal_line l on l.entry = e.number
                    where e.source = 'PAYMENT' and e.source_number = :check
                    having count(*) > 0
                      or exists (select from payment_posting where remittance_number = :check)
                    union all
                    select claim_number::text || ' owes ' || coalesce((
                      select sum(amount_cents) from journal_line l
                      where l.claim_number = p.claim_number and l.account = 'PATIENT_RECEIVABLE'), 0)
                    from (select distinct claim_number from payment_posting
                      where remittance_number = :check and claim_number is not null) p
                    order by 1
                    """)
                .param("check", number(check))
                .query(String.class)
                .list());
  }

  private long number(UUID check) {
    return sql.sql("select number from remittance where id = ?")
        .param(check)
        .query(Long.class)
        .single();
  }

  /** The open exceptions, a line for each, in order. */
  public String exceptions() {
    return "type\tclaim\tamount\n"
        + String.join(
            "",
            ask(
                () ->
                    sql
                        .sql(
                            """
                            select x.type, x.amount_cents, case x.source
                              when 'CLAIM' then (select patient_control_number from claim
                                where number = x.source_number)
                              when 'PAYMENT' then (select patient_control_number from claim_payment
                                where remittance_number = x.source_number
                                  and ordinal = x.source_place)
                              when 'CHECK' then (select trace_number from remittance
                                where number = x.source_number)
                              else (select reference from provider_adjustment
                                where remittance_number = x.source_number
                                  and position = x.source_place) end as claim
                            from posting_exception x where x.state = 'OPEN'
                            """)
                        .query(
                            (row, index) ->
                                String.join(
                                        "\t",
                                        row.getString("type"),
                                        row.getString("claim"),
                                        decimal(row.getLong("amount_cents")))
                                    + "\n")
                        .list()
                        .stream()
                        .sorted()
                        .toList()));
  }

  /** Of all that is posted: trace, and what its cash is more than BPR02. */
  public List<String> cashThatIsNotThePayment() {
    return ask(
        () ->
            sql.sql(
                    """
                    select r.trace_number || ' ' || (coalesce(sum(l.amount_cents), 0)
                      - case p.state when 'POSTED' then r.amount_cents else 0 end)::text as off
                    from remittance r
                    join remittance_posting p on p.remittance_number = r.number
                    left join journal_entry e on e.source_number = r.number
                      and e.source in ('PAYMENT', 'PROVIDER_ADJUSTMENT', 'CHECK')
                    left join journal_line l on l.entry = e.number and l.account = 'CASH_CLEARING'
                    group by r.number, r.trace_number, r.amount_cents, p.state
                    having coalesce(sum(l.amount_cents), 0)
                      <> case p.state when 'POSTED' then r.amount_cents else 0 end
                    """)
                .query(String.class)
                .list());
  }

  private static String decimal(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  public long count(String query) {
    return ask(() -> sql.sql(query).query(Long.class).single());
  }

  public void run(Runnable work) {
    actor.run(work);
  }

  /** As the practice, in a transaction. */
  public <T> T ask(Supplier<T> question) {
    return actor.call(() -> transaction.execute(status -> question.get()));
  }
}
