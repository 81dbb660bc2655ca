package org.openrcm.identity;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells what fails because the database went away from what is wrong. */
public final class LostDatabase {
  private LostDatabase() {}

  /** Whether the same would succeed once the database is back. */
  public static boolean isBehind(@Nullable Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataAccessResourceFailureException
          || cause instanceof CannotCreateTransactionException
          // not even a rollback reached it
          || (cause instanceof TransactionSystemException end
              && end.getRootCause() instanceof SQLException)
          || (cause instanceof SQLException sql && isConnectionLost(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Classes 08 (connection), 53 (resources) and 57P (shut down) of PostgreSQL's error codes. The
   * pool has none: it says that it has closed a connection since it was lost.
   */
  private static boolean isConnectionLost(@Nullable String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P");
  }
}
