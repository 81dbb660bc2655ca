package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What was seen of a server whose database was killed. */
class LostDatabaseTest {
  static Stream<Exception> lost() {
    SQLException closed = new SQLException("This connection has been closed.", "08003");
    return Stream.of(
        new DataAccessResourceFailureException("lost"),
        new CannotCreateTransactionException("none"),
        new TransactionSystemException("not rolled back", closed),
        new UncategorizedSQLException("look", "select", new SQLException("Connection is closed")),
        new IllegalStateException(new SQLException("terminating connection", "57P01")),
        new IllegalStateException(new SQLException("too many connections", "53300")));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void whatEndsWithTheConnectionIsNoFault(Exception trouble) {
    assertThat(LostDatabase.isBehind(trouble)).isTrue();
  }

  @Test
  void aFaultIsOne() {
    SQLException twice = new SQLException("duplicate key", "23505");
    assertThat(LostDatabase.isBehind(new DataIntegrityViolationException("twice", twice)))
        .isFalse();
    assertThat(LostDatabase.isBehind(new IllegalStateException("ours"))).isFalse();
    assertThat(LostDatabase.isBehind(null)).isFalse();
  }
}
