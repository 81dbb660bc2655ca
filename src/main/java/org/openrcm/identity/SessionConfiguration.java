package org.openrcm.identity;

import java.time.Duration;
import java.util.Base64;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions in PostgreSQL, so that all instances of the server share them. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession
class SessionConfiguration {
  /** Of a session's id, which the database keeps as 36 letters. */
  private static final int ID_BYTES = 27;

  /**
   * Sessions are read before anybody is known, so their transactions have no practice and are none
   * of {@link PracticeTransactions}. Nobody else gets these by mistake.
   *
   * <p>A session is also kept when the first part of a long answer goes out, while the transaction
   * is open that the answer is read in. Its connection is not the session's: a commit there would
   * end what is being read.
   */
  @Bean(defaultCandidate = false)
  @Qualifier("springSessionTransactionOperations")
  TransactionOperations springSessionTransactionOperations(DataSource database) {
    TransactionTemplate apart = new TransactionTemplate(new JdbcTransactionManager(database));
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    return new TransactionOperations() {
      @Override
      public <T extends @Nullable Object> T execute(TransactionCallback<T> work) {
        Object others = TransactionSynchronizationManager.unbindResourceIfPossible(database);
        try {
          return apart.execute(work);
        } finally {
          if (others != null) {
            TransactionSynchronizationManager.bindResource(database, others);
          }
        }
      }
    };
  }

  /** {@link StaffSessions} ends sessions on time; this clears away what nobody came back to. */
  @Bean
  SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsEnd(
      @Value("${openrcm.session.idle:15m}") Duration idle) {
    return sessions -> {
      sessions.setDefaultMaxInactiveInterval(idle.plusMinutes(1));
      // a UUID has 122 random bits, which is fewer than OWASP ASVS 5.0 7.2.3 asks for
      sessions.setSessionIdGenerator(
          () -> Base64.getUrlEncoder().encodeToString(Tokens.bytes(ID_BYTES)));
    };
  }

  @Bean
  PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsInPostgres() {
    return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
  }

  @Bean
  CookieSerializer sessionCookie() {
    return new SessionCookie();
  }
}
