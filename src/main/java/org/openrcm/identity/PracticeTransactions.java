package org.openrcm.identity;

import jakarta.persistence.EntityManagerFactory;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Begins each transaction with the practice of the current {@link Actor} as the only one whose rows
 * row-level security shows. The setting ends with the transaction, so a pooled connection carries
 * nothing over.
 */
public final class PracticeTransactions extends JpaTransactionManager {
  private static final long serialVersionUID = 1L;

  private static final String SETTINGS =
      "select set_config('app.practice', ?, true), set_config('statement_timeout', ?, true)";

  /** How long a statement of a request may take; jobs may take what they need. */
  private static final String PATIENCE = "60s";

  private final transient DataSource database;

  public PracticeTransactions(EntityManagerFactory entities, DataSource database) {
    super(entities);
    this.database = database;
    setDataSource(database);
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    ConnectionHolder holder =
        (ConnectionHolder) TransactionSynchronizationManager.getResource(database);
    if (holder == null) {
      throw new IllegalStateException("the transaction has no connection to name a practice on");
    }
    UUID practice = Actor.current().practice();
    try (PreparedStatement set = holder.getConnection().prepareStatement(SETTINGS)) {
      set.setString(1, practice == null ? "" : practice.toString());
      set.setString(2, Actor.current().kind() == Actor.Kind.JOB ? "0" : PATIENCE);
      set.execute();
    } catch (SQLException e) {
      doCleanupAfterCompletion(transaction);
      throw new TransactionSystemException("the practice cannot be set", e);
    }
  }
}
