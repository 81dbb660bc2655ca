package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

/** The server's log, whatever is put into it (OWASP ASVS 5.0 16.2.2, 16.2.4, 16.4.1). */
class LogLinesTest {
  private static final String FORGED =
      "read\r\n2026-03-04T10:00:00.000Z ERROR Sealer: all is lost\u2028\u0085\u001b[31m\0\tend";

  private static String logged(String configuration, String message, Throwable thrown)
      throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putObject(
        Environment.class.getName(),
        new MockEnvironment()
            .withProperty("logging.structured.format.console", "ecs")
            .withProperty(
                "logging.structured.json.stacktrace.printer", "org.openrcm.server.PlainTrace"));
    context.putProperty("CONSOLE_LOG_STRUCTURED_FORMAT", "ecs");
    context.putProperty("CONSOLE_LOG_CHARSET", "UTF-8");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogLinesTest.class.getResource("/" + configuration));
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("CONSOLE");
    LoggingEvent event =
        new LoggingEvent(
            LogLinesTest.class.getName(),
            context.getLogger("org.openrcm.intake.Inbox"),
            Level.WARN,
            message,
            thrown,
            null);
    event.setInstant(Instant.parse("2026-07-01T04:05:06.789Z"));
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineSaysWhenInUtc() throws JoranException {
    assertThat(logged("logback-text.xml", "a folder cannot be read", null))
        .isEqualTo("2026-07-01T04:05:06.789Z WARN  Inbox: a folder cannot be read\n");
  }

  @Test
  void noLineCanBeForged() throws JoranException {
    assertThat(logged("logback-text.xml", FORGED, null))
        .isEqualTo(
            "2026-07-01T04:05:06.789Z WARN  Inbox:"
                + " read 2026-03-04T10:00:00.000Z ERROR Sealer: all is lost [31m end\n");
    assertThat(logged("logback-json.xml", FORGED, null).strip().lines()).hasSize(1);
  }

  @Test
  void whereItHappenedIsBelow() throws JoranException {
    assertThat(logged("logback-text.xml", "failed", new IllegalStateException("Quillby")))
        .contains("Inbox: failed\njava.lang.IllegalStateException: Quillby\n\tat org.openrcm.");
  }

  @Test
  void asJsonALineIsAnObject() throws JoranException {
    assertThat(logged("logback-json.xml", "a folder cannot be read", null))
        .startsWith("{")
        .endsWith("}\n")
        .contains("\"@timestamp\":\"2026-07-01T04:05:06.789Z\"")
        .contains("\"message\":\"a folder cannot be read\"");
  }
}
