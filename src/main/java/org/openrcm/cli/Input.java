package org.openrcm.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files to read and how: what all commands share. */
final class Input {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "X12 files, plain or gzip; - for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--mappings",
      paramLabel = "DIR",
      description = "A folder whose mappings come before those that OpenRCM has.")
  private @Nullable Path mappings;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "streaming",
      description = "What reads: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private EngineName engine = EngineName.streaming;

  /** The two engines by the names that users type. */
  enum EngineName {
    streaming,
    smooks
  }

  EngineName engine() {
    return engine;
  }

  List<String> names() {
    return files;
  }

  Mappings mappings() {
    return mappings == null ? Mappings.bundled() : Mappings.withFolder(mappings);
  }

  /** What to do with a file. */
  interface Use {
    void file(X12File file) throws IOException;
  }

  /** Gives each file to {@code use}; standard input is kept in a file until that is done. */
  void each(Use use) throws IOException {
    for (String name : files) {
      if (!name.equals(STANDARD_INPUT)) {
        if (Files.isDirectory(Path.of(name))) {
          throw new FileSystemException(name, null, "is a folder, not a file");
        }
        use.file(X12File.of(Path.of(name)));
        continue;
      }
      Path copy = Files.createTempFile("openrcm", ".x12");
      try {
        Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
        use.file(new X12File("standard-input", copy));
      } finally {
        Files.delete(copy);
      }
    }
  }
}
