package org.openrcm.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files to read and how: what all commands share. */
final class Input {
  private static final String STANDARD_INPUT = "-";
  private static final int ISA_LENGTH = 105;
  private static final int FIRST_GROUP_WITHIN = 1 << 12;

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
    each(files, use);
  }

  /**
   * Gives each file to {@code use}, those first whose first functional group is of this kind
   * (GS01); within the two parts they stay in the order in which they were named.
   */
  void each(String functionalId, Use use) throws IOException {
    List<String> first = new ArrayList<>();
    List<String> then = new ArrayList<>();
    for (String name : files) {
      (isOf(functionalId, name) ? first : then).add(name);
    }
    each(first, use);
    each(then, use);
  }

  /** Whether the first functional group of some files is of this kind, and that of others not. */
  boolean isMixedWith(String functionalId) throws IOException {
    boolean some = false;
    boolean others = false;
    for (String name : files) {
      boolean of = isOf(functionalId, name);
      some |= of;
      others |= !of;
    }
    return some && others;
  }

  /** Standard input cannot be looked at before it is read: it is of no kind. */
  private static boolean isOf(String functionalId, String name) throws IOException {
    if (name.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(name))) {
      // what is wrong with it is said when it is its turn
      return false;
    }
    try (InputStream in = X12File.of(Path.of(name)).open()) {
      String start = new String(in.readNBytes(FIRST_GROUP_WITHIN), StandardCharsets.ISO_8859_1);
      int isa = start.indexOf("ISA");
      if (isa < 0 || isa + ISA_LENGTH > start.length()) {
        return false;
      }
      char separator = start.charAt(isa + "ISA".length());
      int group = start.indexOf("GS" + separator, isa + ISA_LENGTH);
      return group >= 0 && start.startsWith(functionalId + separator, group + "GS*".length());
    } catch (EOFException | ZipException cutOffOrNoGzip) {
      return false;
    }
  }

  private static void each(List<String> files, Use use) throws IOException {
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
