package org.openrcm.statement;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Bills that e-mail did not bring, on their way to the printer, whether a run has issued them or a
 * person. They come in at any time, so a print file is made of those that wait when somebody asks
 * for it, and stays as it was made: each is in one file and no other.
 */
@Component
class CameBack {
  private static final int SHOWN = 20;

  private final JdbcClient sql;
  private final Deliveries deliveries;
  private final AuditTrail audit;

  CameBack(JdbcClient sql, Deliveries deliveries, AuditTrail audit) {
    this.sql = sql;
    this.deliveries = deliveries;
    this.audit = audit;
  }

  /** A print file. */
  record File(UUID id, Instant at, String by, int statements, int pages) {}

  private static final String WAITING =
      """
      from statement_delivery d where d.state = 'PAPER' and not exists (
        select from statement_delivery p
        where p.statement_number = d.statement_number and p.state = 'PRINTED')
      """;

  /** How many wait to be printed. */
  @Transactional
  public long waiting() {
    return sql.sql("select count(*) " + WAITING).query(Long.class).single();
  }

  /** Makes a print file of those that wait; null when there are none. */
  @Transactional
  public @Nullable UUID make() {
    UUID file = UUID.randomUUID();
    int made =
        sql.sql(
                """
                insert into statement_delivery (practice_id, number, statement_number, noted_by,
                  state, why, batch)
                select ?, nextval('statement_delivery_number'), w.statement_number, ?, 'PRINTED',
                  w.why, ?::uuid
                from (select d.statement_number, d.why %s
                  order by d.statement_number limit ?) w
                on conflict do nothing
                """
                    .formatted(WAITING))
            .param(Actor.currentPractice())
            .param(Actor.current().name())
            .param(file)
            .param(PrintBatch.IN_A_PART)
            .update();
    if (made == 0) {
      return null;
    }
    audit.record(Action.ADD, Subject.of("PrintFile", file));
    return file;
  }

  /** The last ones, the latest first. */
  @Transactional
  public List<File> files() {
    return sql.sql(
            """
            select d.batch, min(d.at) as made_at, min(d.noted_by) as made_by, count(*) as statements,
              sum(s.pages) as pages
            from statement_delivery d join statement s on s.number = d.statement_number
            where d.batch is not null group by d.batch order by min(d.number) desc limit ?
            """)
        .param(SHOWN)
        .query(
            (row, index) ->
                new File(
                    Objects.requireNonNull(row.getObject("batch", UUID.class)),
                    Objects.requireNonNull(row.getObject("made_at", OffsetDateTime.class))
                        .toInstant(),
                    row.getString("made_by"),
                    row.getInt("statements"),
                    row.getInt("pages")))
        .list();
  }

  /** Nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Printed(long number, byte[] pdf) {}

  /**
   * A print file as one PDF, in the order of the statements.
   *
   * @throws NoSuchStatement when there is none of this id
   */
  @Transactional
  public byte[] print(UUID file, boolean twoSided) {
    List<Printed> printed =
        sql.sql(
                """
                select s.number, s.pdf from statement_delivery d
                join statement s on s.number = d.statement_number
                where d.batch = ? order by s.number
                """)
            .param(file)
            .query((row, index) -> new Printed(row.getLong(1), row.getBytes(2)))
            .list();
    if (printed.isEmpty()) {
      throw new NoSuchStatement();
    }
    audit.record(
        Action.PRINT,
        Subject.of("PrintFile", file),
        deliveries.patients(printed.stream().map(Printed::number).toList()));
    return PrintBatch.joined(printed.stream().map(Printed::pdf).toList(), twoSided);
  }

  /**
   * What was noted of an e-mail that came back.
   *
   * @param noted false when it did not go by e-mail, or this was known
   */
  record Noted(UUID account, boolean noted) {}

  /** Of a bill; its address is null when another one was given since it was sent. */
  private record Sent(
      long number, UUID account, long accountNumber, String channel, @Nullable String email) {}

  /**
   * Somebody got word from a mail server that a bill's e-mail did not arrive after all.
   *
   * @throws NoSuchStatement when there is none of this id
   */
  @Transactional
  public Noted note(UUID statement) {
    Sent sent =
        sql.sql(
                """
                select s.number, a.id as account, a.number as account_number, s.channel,
                  case when not exists (
                    select from account_correction c
                    join account_change f on f.correction = c.number and f.field = 'EMAIL'
                    join statement_delivery d
                      on d.statement_number = s.number and d.state = 'SENT'
                    where c.account_number = a.number and c.made_at > d.at) then a.email end as email
                from statement s join account a on a.number = s.account_number where s.id = ?
                """)
            .param(statement)
            .query(Sent.class)
            .optional()
            .orElseThrow(NoSuchStatement::new);
    boolean noted =
        sent.channel().equals("EMAIL")
            && deliveries.onPaper(
                statement,
                sent.number(),
                sent.accountNumber(),
                Undelivered.CAME_BACK,
                sent.email());
    return new Noted(sent.account(), noted);
  }
}
