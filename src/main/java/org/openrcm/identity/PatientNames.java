package org.openrcm.identity;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Whom accounts are of. Sessions hold numbers only, so a name is asked for with each request. */
@Component
public class PatientNames {
  private final JdbcClient database;
  private final TransactionTemplate transaction;

  PatientNames(JdbcClient database, TransactionTemplate transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /** As pages write it, whichever practice the thread acts for; empty when there is no account. */
  public Optional<String> find(UUID practice, long account) {
    return Actor.current()
        .concerning(practice)
        .call(() -> Objects.requireNonNull(transaction.execute(status -> find(account))));
  }

  private Optional<String> find(long account) {
    return database
        .sql("select first_name, last_name, suffix from account where number = ?")
        .param(account)
        .query(
            (row, at) ->
                Stream.of(row.getString(1), row.getString(2), row.getString(3))
                    .filter(part -> part != null && !part.isBlank())
                    .collect(Collectors.joining(" ")))
        .optional();
  }
}
