package org.openrcm.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line why the server does not start, where whoever starts it can mend it. */
final class PlainRefusals implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    String action = analysis.getAction();
    String text = analysis.getDescription() + (action == null ? "" : " " + action);
    System.err.println("openrcm: " + text.strip().replaceAll("\\s+", " "));
  }

  /** Of our own refusals. */
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static final class OfOurs extends AbstractFailureAnalyzer<StartRefused> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, StartRefused cause) {
      String message = cause.getMessage();
      return new FailureAnalysis(message == null ? "" : message, null, cause);
    }
  }

  /** Of a port that another program listens on. */
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static final class OfPorts extends AbstractFailureAnalyzer<PortInUseException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, PortInUseException cause) {
      return new FailureAnalysis(
          "Port " + cause.getPort() + " is taken.",
          "Stop what listens there, or name others with --port and --management-port.",
          cause);
    }
  }
}
