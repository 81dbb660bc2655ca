package org.openrcm.x12;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of transaction sets: those in the jar, and a folder that may replace any of their
 * files or add more, without a build.
 *
 * <p>The mapping of set 835 of guide 005010X221A1 is the file {@code 835-005010X221A1.dfdl.xsd};
 * files that it includes are looked for in the folder first, too. Mappings are compiled at first
 * use. Safe for use by several threads.
 */
public final class Mappings {
  /** The end of each mapping file's name. */
  public static final String SUFFIX = ".dfdl.xsd";

  private static final String BUNDLED = "/edi-mappings/";
  private static final int REMEMBERED = 1000;

  /** Those in the jar, whose folders cannot be listed. */
  static final List<String> BUNDLED_NAMES =
      List.of(
          "277-005010X214",
          "835-005010X221A1",
          "837-005010X222A1",
          "837-005010X223A2",
          "837-005010X224A2",
          "999-005010X231A1");

  private final @Nullable Path folder;
  private final @Nullable String only;
  private final Envelope envelope;
  private final Map<String, Mapping> compiled = new HashMap<>();

  /** What was found for a set and guide; not more of them than a hostile file could name. */
  private final Map<String, Optional<Mapping>> found = new ConcurrentHashMap<>();

  private Mappings(@Nullable Path folder, @Nullable String only) {
    this.folder = folder;
    this.only = only;
    this.envelope = new Envelope(new MappingCompiler(this::schema));
  }

  /** The mappings that come with OpenRCM: one object for all, so that each is compiled once. */
  public static Mappings bundled() {
    return Bundled.MAPPINGS;
  }

  /** Made when it is first asked for. */
  private static final class Bundled {
    static final Mappings MAPPINGS = new Mappings(null, null);
  }

  /**
   * The mappings of a folder, and for what it does not have those that come with OpenRCM.
   *
   * @throws MappingException when {@code folder} is no folder
   */
  public static Mappings withFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new MappingException(folder + ": is no folder of mappings");
    }
    return new Mappings(folder, null);
  }

  /**
   * The same mappings, but each transaction set is read by the one of this name.
   *
   * @throws MappingException when there is none
   */
  public Mappings only(String name) {
    Mappings restricted = new Mappings(folder, name);
    if (restricted.named(name).isEmpty()) {
      throw new MappingException(name + ": there is no such mapping");
    }
    return restricted;
  }

  /** Whether the user chose the mapping, so that its version is no surprise. */
  boolean isFixed() {
    return only != null;
  }

  boolean hasFolder() {
    return folder != null;
  }

  Envelope envelope() {
    return envelope;
  }

  /**
   * The mapping for a transaction set: the one of this name, or one that says it is exact for the
   * guide, or one of another erratum of the guide, or one that says it is near enough.
   *
   * @param set ST01, such as {@code 835}
   * @param guide ST03 or GS08, such as {@code 005010X221A1}
   */
  Optional<Mapping> find(String set, String guide) {
    if (only != null) {
      return named(only).filter(mapping -> mapping.describes(set));
    }
    if (!areNames(set, guide)) {
      return Optional.empty();
    }
    Optional<Mapping> known = found.get(set + "-" + guide);
    if (known == null) {
      known = search(set, guide);
      if (found.size() < REMEMBERED) {
        found.put(set + "-" + guide, known);
      }
    }
    return known;
  }

  private Optional<Mapping> search(String set, String guide) {
    Optional<Mapping> exact = named(set + "-" + guide);
    if (exact.isPresent()) {
      return exact;
    }
    String stem = guide.replaceFirst("A\\d$", "");
    List<Mapping> ofSet = ofSet(set);
    List<Predicate<Mapping>> wishes =
        List.of(
            mapping -> mapping.isExactFor(guide),
            mapping -> mapping.name().matches(set + "-" + stem + "(A\\d)?"),
            mapping -> mapping.isNear(guide));
    return wishes.stream().flatMap(wish -> ofSet.stream().filter(wish).limit(1)).findFirst();
  }

  /** The mappings of a transaction set, those of the folder first, by name. */
  private List<Mapping> ofSet(String set) {
    Set<String> names = new LinkedHashSet<>(namesInFolder());
    names.addAll(BUNDLED_NAMES);
    return names.stream()
        .filter(name -> name.startsWith(set + "-"))
        .flatMap(name -> named(name).stream())
        .toList();
  }

  /** The guides of a transaction set that mappings describe exactly, such as 005010X221A1. */
  List<String> guidesOf(String set) {
    return ofSet(set).stream().flatMap(mapping -> mapping.guides().stream()).sorted().toList();
  }

  private List<String> namesInFolder() {
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MappingException(folder + ": the folder of mappings cannot be read", e);
    }
  }

  /** Whether the two can be the names of a set and a guide, and not just anything. */
  static boolean areNames(String set, String guide) {
    return set.matches("[A-Za-z0-9]{1,6}") && guide.matches("[A-Za-z0-9]{1,20}");
  }

  /** The mapping of this name, such as {@code 835-005010X221A1}. */
  synchronized Optional<Mapping> named(String name) {
    Mapping known = compiled.get(name);
    if (known == null) {
      if (!exists(name + SUFFIX)) {
        return Optional.empty();
      }
      known = new MappingCompiler(this::schema).mapping(name, name + SUFFIX);
      envelope.graft(known.transaction());
      compiled.put(name, known);
    }
    return Optional.of(known);
  }

  /**
   * Copies a mapping's schema and all that it includes to a folder, for engines that read files.
   */
  void copy(String name, Path target) throws IOException {
    MappingCompiler compiler = new MappingCompiler(this::schema);
    compiler.mapping(name, name + SUFFIX);
    for (String file : compiler.filesRead()) {
      try (InputStream in = open(file)) {
        Files.copy(in, target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private SchemaNode schema(String file) {
    try {
      return SchemaNode.read(file, open(file));
    } catch (IOException e) {
      throw new MappingException(file + ": there is no such mapping file", e);
    }
  }

  private boolean exists(String file) {
    return (folder != null && Files.isRegularFile(folder.resolve(file)))
        || Mappings.class.getResource(BUNDLED + file) != null;
  }

  private InputStream open(String file) throws IOException {
    if (file.contains("/") || file.contains("\\")) {
      throw new IOException("mapping files lie side by side in one folder");
    }
    if (folder != null && Files.isRegularFile(folder.resolve(file))) {
      return Files.newInputStream(folder.resolve(file));
    }
    InputStream in = Mappings.class.getResourceAsStream(BUNDLED + file);
    if (in == null) {
      throw new IOException("no such file");
    }
    return in;
  }
}
