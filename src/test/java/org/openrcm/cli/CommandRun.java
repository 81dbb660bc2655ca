package org.openrcm.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What a command did, run in this process.
 *
 * @param exitCode 0, 1 or 2
 * @param output all that went to standard output, text or bytes
 * @param errors all that went to standard error
 */
public record CommandRun(int exitCode, byte[] output, String errors) {

  /** Runs a command line as a shell would. */
  public static CommandRun of(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    return to(output, arguments).with(output.toByteArray());
  }

  /** Runs a command over one file: {@code validate}, options, the file. */
  public static CommandRun over(Path file, String... command) {
    return of(Stream.concat(Stream.of(command), Stream.of(file.toString())).toArray(String[]::new));
  }

  /** Runs a command whose standard output is this stream, which may fail. */
  static synchronized CommandRun to(OutputStream output, String... arguments) {
    OutputStream before = Output.standard();
    Output.redirect(output);
    StringWriter errors = new StringWriter();
    PrintWriter text = new PrintWriter(output, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(errors, true);
    try {
      CommandLine commandLine = new CommandLine(new OpenRcm()).setOut(text).setErr(err);
      int exitCode = OpenRcm.execute(commandLine, arguments);
      text.flush();
      err.flush();
      return new CommandRun(exitCode, new byte[0], errors.toString());
    } finally {
      Output.redirect(before);
    }
  }

  private CommandRun with(byte[] bytes) {
    return new CommandRun(exitCode, bytes, errors);
  }

  /** The output as text. */
  public String text() {
    return new String(output, StandardCharsets.UTF_8);
  }
}
