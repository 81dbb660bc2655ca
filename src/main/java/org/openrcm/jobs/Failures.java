package org.openrcm.jobs;

import java.sql.SQLException;

/**
 * Says where something failed without saying with what: messages of exceptions, those of a database
 * above all, quote the data.
 */
public final class Failures {
  private static final String OURS = "org.openrcm.";

  private Failures() {}

  /** The causes' types, SQL states, and where in our code it was. */
  public static String describe(Throwable failure) {
    StringBuilder out = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      out.append(out.isEmpty() ? "" : " < ").append(cause.getClass().getName());
      if (cause instanceof SQLException sql) {
        out.append(' ').append(sql.getSQLState());
      }
    }
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return out.append(" at ").append(frame).toString();
      }
    }
    return out.toString();
  }
}
