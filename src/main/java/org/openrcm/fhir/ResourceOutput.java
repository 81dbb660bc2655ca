package org.openrcm.fhir;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where resources go, one after the other, as JSON that is already made. */
public sealed interface ResourceOutput extends Closeable {

  /** What comes next is from this file. */
  default void startFile(String name) throws IOException {}

  /**
   * Takes one resource.
   *
   * @param type its resource type
   * @param id its id
   * @param json holds its JSON without a line end at {@code [offset, offset + length)}
   */
  void write(String type, String id, byte[] json, int offset, int length) throws IOException;

  /** NDJSON: every resource on a line of its own, to one stream that stays open. */
  record Lines(OutputStream out) implements ResourceOutput {
    @Override
    public void write(String type, String id, byte[] json, int offset, int length)
        throws IOException {
      out.write(json, offset, length);
      out.write('\n');
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  /** NDJSON in a folder: a file for each resource type, as FHIR bulk data has it. */
  final class LinesByType implements ResourceOutput {
    private final Path folder;
    private final Map<String, OutputStream> files = new TreeMap<>();

    public LinesByType(Path folder) {
      this.folder = folder;
    }

    @Override
    public void write(String type, String id, byte[] json, int offset, int length)
        throws IOException {
      OutputStream file = files.get(type);
      if (file == null) {
        file = create(folder.resolve(type + ".ndjson"));
        files.put(type, file);
      }
      file.write(json, offset, length);
      file.write('\n');
    }

    @Override
    public void close() throws IOException {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
  }

  /** Bundles of type collection, one for each input file, one after the other on one stream. */
  final class Bundles implements ResourceOutput {
    private final OutputStream out;
    private boolean open;
    private boolean first;

    public Bundles(OutputStream out) {
      this.out = out;
    }

    @Override
    public void startFile(String name) throws IOException {
      end();
      open = true;
      first = true;
      print("{\"resourceType\":\"Bundle\",\"type\":\"collection\"");
    }

    @Override
    public void write(String type, String id, byte[] json, int offset, int length)
        throws IOException {
      print(first ? ",\"entry\":[\n" : ",\n");
      print("{\"fullUrl\":\"" + Systems.OURS + type + "/" + id + "\",\"resource\":");
      first = false;
      out.write(json, offset, length);
      print("}");
    }

    private void end() throws IOException {
      if (open) {
        print(first ? "}\n" : "\n]}\n");
        open = false;
      }
    }

    private void print(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      end();
      out.flush();
    }
  }

  /** Bundles in a folder: one for each input file, named after it; a name twice gets a number. */
  final class BundleFiles implements ResourceOutput {
    private final Path folder;
    private final Set<String> names = new HashSet<>();
    private OutputStream file = OutputStream.nullOutputStream();
    private Bundles bundle = new Bundles(file);

    public BundleFiles(Path folder) {
      this.folder = folder;
    }

    @Override
    public void startFile(String name) throws IOException {
      close();
      file = create(folder.resolve(free(name) + ".json"));
      bundle = new Bundles(file);
      bundle.startFile(name);
    }

    private String free(String name) {
      String free = name;
      for (int number = 2; !names.add(free); number++) {
        free = name + "-" + number;
      }
      return free;
    }

    @Override
    public void write(String type, String id, byte[] json, int offset, int length)
        throws IOException {
      bundle.write(type, id, json, offset, length);
    }

    @Override
    public void close() throws IOException {
      bundle.close();
      file.close();
    }
  }

  private static OutputStream create(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }
}
