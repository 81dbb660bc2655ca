package org.openrcm.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.openrcm.x12.MappingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry of the jar. */
@Command(
    name = "openrcm",
    description = "Reads the X12 that insurers send, makes FHIR of it, and serves both.",
    mixinStandardHelpOptions = true,
    versionProvider = OpenRcm.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConvertCommand.class,
      ValidateCommand.class,
      AcknowledgeCommand.class,
      ShowCommand.class,
      TransformCommand.class,
      GenerateCommand.class,
      SimulatePayerCommand.class,
      ServeCommand.class,
      BackupCommand.class,
      VerifyDataCommand.class,
      VerifyAuditCommand.class,
      ExportAuditCommand.class,
      ProveEntryCommand.class,
      CommandLine.HelpCommand.class
    })
public final class OpenRcm implements Runnable {
  /** Nothing to complain of. */
  static final int CLEAN = 0;

  /** Read, with findings. */
  static final int FINDINGS = 1;

  /** Not read: no such file, no X12, or a command that cannot be understood. */
  static final int UNREADABLE = 2;

  @Spec private CommandSpec spec;

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = OpenRcm.class.getPackage().getImplementationVersion();
      return new String[] {"openrcm " + (version == null ? "(not packaged)" : version)};
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Runs a command and answers its exit code. */
  static int execute(CommandLine commandLine, String... arguments) {
    int code =
        commandLine
            .setExecutionExceptionHandler(OpenRcm::failed)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    boolean lost = commandLine.getOut().checkError();
    if (lost && code != UNREADABLE) {
      commandLine.getErr().println("openrcm: standard output takes no more");
      return UNREADABLE;
    }
    return code;
  }

  /** What the user can mend gets one line; only a fault of ours shows where it is. */
  private static int failed(
      Exception thrown, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    Throwable cause = outside(thrown);
    String message;
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      message = cause.getMessage() + ": no such file";
    } else if (cause instanceof FileSystemException file) {
      message =
          file.getFile() + ": " + (file.getReason() == null ? "cannot be used" : file.getReason());
    } else if (cause instanceof IOException || cause instanceof MappingException) {
      message = cause.getMessage();
    } else {
      throw thrown;
    }
    commandLine.getErr().println("openrcm: " + message);
    return UNREADABLE;
  }

  /** The trouble with a file, a stream or a mapping that lies under an exception, or itself. */
  private static Throwable outside(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof MappingException) {
        return cause;
      }
    }
    return thrown;
  }

  public static void main(String[] arguments) {
    if (arguments.length == 0 || !arguments[0].equals(ServeCommand.NAME)) {
      // before the first logger: a command's output is its own, the libraries' logs are not
      System.setProperty("logback.configurationFile", "logback-quiet.xml");
    }
    PrintWriter out = new PrintWriter(Output.standard(), false, StandardCharsets.UTF_8);
    int code = execute(new CommandLine(new OpenRcm()).setOut(out), arguments);
    System.exit(code);
  }
}
