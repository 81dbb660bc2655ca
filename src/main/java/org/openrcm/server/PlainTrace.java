package org.openrcm.server;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.springframework.boot.logging.StackTracePrinter;

/**
 * A stack trace as logs may keep it: exceptions repeat in their messages what they choke on, and
 * that may be a patient's name. So a message stands here only when its author is known not to put
 * data in.
 */
public final class PlainTrace extends ThrowableHandlingConverter implements StackTracePrinter {
  private static final String OURS = "org.openrcm.";
  private static final List<String> PLAIN =
      List.of(
          OURS,
          "org.springframework.beans.factory.",
          "org.springframework.boot.",
          "org.springframework.context.",
          "org.flywaydb.",
          "com.zaxxer.hikari.",
          "java.net.",
          "java.nio.file.",
          "java.lang.NullPointerException",
          "java.lang.ClassCastException");

  /** SQLSTATE classes about connections, rights, resources and statements, not about values. */
  private static final Set<String> PLAIN_STATES =
      Set.of("08", "28", "3D", "42", "53", "55", "57", "58", "XX");

  @Override
  public String convert(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy
        ? of(proxy.getThrowable())
        : "";
  }

  @Override
  public void printStackTrace(Throwable throwable, Appendable out) throws IOException {
    out.append(of(throwable));
  }

  static String of(Throwable throwable) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = throwable; each != null && told.add(each); each = each.getCause()) {
      text.append(told.size() == 1 ? "" : "Caused by: ").append(head(each)).append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    return text.toString();
  }

  private static String head(Throwable throwable) {
    String name = throwable.getClass().getName();
    if (throwable instanceof SQLException sql) {
      name += " SQLSTATE " + sql.getSQLState();
    }
    String message = throwable.getMessage();
    return message != null && isPlain(throwable) && !repeatsCause(throwable, message)
        ? name + ": " + message
        : name;
  }

  /** What wraps an exception often takes its message over. */
  private static boolean repeatsCause(Throwable throwable, String message) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = throwable.getCause();
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      String theirs = cause.getMessage();
      if (theirs != null && !theirs.isBlank() && message.contains(theirs) && !isPlain(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(Throwable throwable) {
    if (throwable instanceof SQLException sql) {
      String state = sql.getSQLState();
      return state != null && state.length() > 2 && PLAIN_STATES.contains(state.substring(0, 2));
    }
    StackTraceElement[] frames = throwable.getStackTrace();
    String name = throwable.getClass().getName();
    return throwable instanceof LinkageError
        || PLAIN.stream().anyMatch(name::startsWith)
        || (frames.length > 0 && frames[0].getClassName().startsWith(OURS));
  }
}
