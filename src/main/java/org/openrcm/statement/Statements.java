package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountsTouched;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.jobs.Jobs;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Issues statements and keeps them as they were sent. */
@Component
class Statements {
  static final String SUBJECT = "Statement";

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final JdbcTemplate batches;
  private final Decisions decisions;
  private final Paper paper;
  private final Jobs jobs;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;

  Statements(
      JdbcClient sql,
      JdbcTemplate batches,
      Decisions decisions,
      Paper paper,
      Jobs jobs,
      AuditTrail audit,
      ApplicationEventPublisher events) {
    this.sql = sql;
    this.batches = batches;
    this.decisions = decisions;
    this.paper = paper;
    this.jobs = jobs;
    this.audit = audit;
    this.events = events;
  }

  /**
   * What became of accounts.
   *
   * @param numbers of their statements, of those that got one
   */
  record Issued(Map<Long, Decisions.Decided> decided, Map<Long, Long> numbers) {}

  /** A statement that is about to be kept. */
  private record Made(Content content, Decisions.Decided decided, Paper.Printed printed) {}

  /**
   * Issues statements to those of these accounts that the gate lets pass.
   *
   * @param run that it is a part of; null for one sent by hand
   * @return all accounts, and what was decided of each
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Issued issue(Collection<Long> accounts, Policy policy, @Nullable UUID run, LocalDate day) {
    // of two that send to one account at once the second finds that it is too soon
    sql.sql("select number from account where number = any (?) order by number for update")
        .param(new TreeSet<>(accounts).toArray(Long[]::new))
        .query(Long.class)
        .list();
    Map<Long, Decisions.Decided> decided = decisions.of(accounts, policy, day);
    List<Decisions.Decided> passing =
        decided.values().stream().filter(each -> each.verdict().passes()).toList();
    Iterator<Long> fresh = numbers(passing.size()).iterator();
    Map<Long, Decisions.Decided> numbered = new LinkedHashMap<>();
    passing.forEach(each -> numbered.put(fresh.next(), each));
    // drawing asks nothing of the database: on all processors
    List<Made> made =
        numbered.entrySet().parallelStream()
            .map(each -> make(each.getKey(), each.getValue(), policy, day))
            .toList();
    keep(made, run);
    Map<Long, Long> numbers = new HashMap<>();
    numbered.forEach((number, each) -> numbers.put(each.account().number(), number));
    if (!numbers.isEmpty()) {
      events.publishEvent(new AccountsTouched(List.copyOf(numbers.keySet())));
    }
    return new Issued(decided, numbers);
  }

  private Made make(long number, Decisions.Decided decided, Policy policy, LocalDate day) {
    Content content =
        Drawing.of(
            decided.account(),
            decided.standing(),
            decided.verdict(),
            policy,
            new Drawing.Occasion(number, Codes.fresh(), day, decided.stage(), decided.since()));
    return new Made(content, decided, paper.print(content));
  }

  private List<Long> numbers(int count) {
    return sql.sql("select nextval('statement_number') from generate_series(1, ?)")
        .param(count)
        .query(Long.class)
        .list();
  }

  private void keep(List<Made> made, @Nullable UUID run) {
    UUID practice = Actor.currentPractice();
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> visits = new ArrayList<>();
    List<UUID> emails = new ArrayList<>();
    for (Made each : made) {
      Content content = each.content();
      UUID id = UUID.randomUUID();
      if (!each.decided().standing().paper()) {
        emails.add(id);
      }
      rows.add(
          new Object[] {
            practice,
            content.number(),
            id,
            content.account(),
            run,
            content.issued(),
            Actor.current().name(),
            content.due(),
            content.stage().name(),
            content.language().tag(),
            each.decided().standing().paper() ? "MAIL" : "EMAIL",
            content.owed().cents(),
            each.decided().entry(),
            JSON.writeValueAsString(content),
            each.printed().pdf(),
            Codes.sha256(each.printed().pdf()),
            each.printed().pages(),
            Codes.hash(content.code())
          });
      for (Visit visit : each.decided().verdict().billable()) {
        visits.add(new Object[] {practice, content.number(), visit.number(), visit.owed().cents()});
      }
      audit.record(
          Action.ADD,
          Subject.of(SUBJECT, id),
          each.decided().verdict().billable().stream().map(Visit::patient).distinct().toList());
    }
    batches.batchUpdate(
        """
        insert into statement (practice_id, number, id, account_number, run_id, issued_on,
          issued_by, due_on, stage, language, channel, owed_cents, entry, content, pdf, pdf_hash,
          pages, code_hash)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?)
        """,
        rows);
    emails.forEach(id -> jobs.enqueue(Emails.JOB, id));
    batches.batchUpdate(
        """
        insert into statement_visit (practice_id, statement_number, claim_number, owed_cents)
        values (?, ?, ?, ?)
        """,
        visits);
  }

  /**
   * A statement as it was sent.
   *
   * @param hash SHA-256 of its PDF, in hexadecimal
   */
  record Kept(UUID id, Content content, String hash, int pages) {}

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Kept> find(UUID id) {
    return sql.sql(
            "select id, content, encode(pdf_hash, 'hex') as hash, pages from statement where id = ?")
        .param(id)
        .query(
            (row, index) ->
                new Kept(
                    Objects.requireNonNull(row.getObject("id", UUID.class)),
                    content(row.getString("content")),
                    row.getString("hash"),
                    row.getInt("pages")))
        .optional();
  }

  static Content content(String kept) {
    return JSON.readValue(kept, Content.class);
  }

  /** The PDF as it was sent. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<byte[]> pdf(UUID id) {
    return sql.sql("select pdf from statement where id = ?")
        .param(id)
        .query((row, index) -> row.getBytes(1))
        .optional();
  }
}
