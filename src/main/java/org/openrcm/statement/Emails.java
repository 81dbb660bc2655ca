package org.openrcm.statement;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Preferences;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells patients by e-mail of a bill that is kept: a job for each. Sending comes before noting it,
 * so a crash in between sends the same message again, and none is ever left out.
 */
@Component
class Emails {
  static final String JOB = "STATEMENT_EMAIL";

  private final JdbcClient sql;
  private final MailServer server;
  private final MailSettings settings;
  private final Deliveries deliveries;
  private final Preferences.Desk preferences;
  private final MessageSource messages;
  private final TransactionTemplate transaction;

  Emails(
      JdbcClient sql,
      MailServer server,
      MailSettings settings,
      Deliveries deliveries,
      Preferences.Desk preferences,
      MessageSource messages,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.server = server;
    this.settings = settings;
    this.deliveries = deliveries;
    this.preferences = preferences;
    this.messages = messages;
    this.transaction = new TransactionTemplate(transactions);
  }

  private record Issued(UUID id, long number, long account, Content content) {}

  private record Ready(Issued statement, String to) {}

  @Bean
  JobKind statementEmailJob() {
    return new JobKind(JOB, this::send, this::giveUp, settings.attempts());
  }

  private void send(UUID id, JobRun run) throws Undeliverable {
    Optional<Ready> found = transaction.execute(status -> ready(id));
    if (found.isEmpty()) {
      return;
    }
    Ready ready = found.get();
    Issued statement = ready.statement();
    try {
      server.send(id, ready.to(), Notice.of(statement.content(), messages));
    } catch (Undeliverable e) {
      if (e.why().isForGood()) {
        transaction.executeWithoutResult(status -> onPaper(statement, e.why(), ready.to()));
        return;
      }
      transaction.executeWithoutResult(status -> deliveries.failed(statement.number(), e.why()));
      throw e;
    }
    transaction.executeWithoutResult(status -> deliveries.sent(id, statement.number()));
  }

  /** What is to be sent and where to; empty when that is no more to be done. */
  private Optional<Ready> ready(UUID id) {
    Issued statement = find(id);
    if (isOver(statement)) {
      return Optional.empty();
    }
    Preferences wish = preferences.of(statement.account());
    String to = wish.email();
    if (wish.paper() || to == null) {
      onPaper(statement, Undelivered.PAPER_WANTED, to);
      return Optional.empty();
    }
    if (!server.isThere()) {
      onPaper(statement, Undelivered.SWITCHED_OFF, to);
      return Optional.empty();
    }
    return Optional.of(new Ready(statement, to));
  }

  private Issued find(UUID id) {
    return sql.sql("select number, account_number, content from statement where id = ?")
        .param(id)
        .query(
            (row, index) ->
                new Issued(
                    id,
                    row.getLong("number"),
                    row.getLong("account_number"),
                    Statements.content(row.getString("content"))))
        .single();
  }

  private boolean isOver(Issued statement) {
    return deliveries
        .last(statement.number())
        .filter(last -> last.state() != Delivery.State.FAILED)
        .isPresent();
  }

  private void onPaper(Issued statement, Undelivered why, @Nullable String to) {
    deliveries.onPaper(statement.id(), statement.number(), statement.account(), why, to);
  }

  /** It was tried too often. Why it failed at last is why it is printed. */
  private void giveUp(UUID id) {
    Issued statement = find(id);
    if (!isOver(statement)) {
      Delivery last = deliveries.last(statement.number()).orElse(null);
      Undelivered why =
          Objects.requireNonNullElse(last == null ? null : last.why(), Undelivered.SERVER);
      onPaper(statement, why, preferences.of(statement.account()).email());
    }
  }
}
