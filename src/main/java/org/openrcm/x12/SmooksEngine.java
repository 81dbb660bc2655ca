package org.openrcm.x12;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.daffodil.japi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.smooks.FilterSettings;
import org.smooks.Smooks;
import org.smooks.api.ExecutionContext;
import org.smooks.api.SmooksException;
import org.smooks.api.TypedKey;
import org.smooks.api.resource.visitor.sax.ng.ElementVisitor;
import org.smooks.cartridges.dfdl.parser.DfdlParser;
import org.smooks.io.sink.NullSink;
import org.smooks.io.sink.StreamSink;
import org.smooks.io.source.StreamSource;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The engine that gives a mapping to Smooks' EDI cartridge, which runs any DFDL, not only what the
 * streaming engine compiles. It takes seconds to start, reads a few hundred kilobytes a second, and
 * refuses a file at the first segment that is not as the schema says; it compares no control
 * numbers and counts.
 */
public final class SmooksEngine implements Engine, Closeable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Mappings mappings;
  private final Map<String, Smooks> opened = new HashMap<>();
  private @Nullable Path copies;

  public SmooksEngine(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public void read(X12File file, SegmentHandler handler, FindingSink findings) throws IOException {
    Optional<Mapping> mapping = mapping(file, findings);
    if (mapping.isEmpty()) {
      return;
    }
    ElementSegments segments =
        new ElementSegments(file.name(), mappings.envelope(), mapping.get(), handler);
    run(file, schema(mapping.get().name()), segments, findings);
  }

  /** Reads a file by any DFDL schema, whether or not the streaming engine could compile it. */
  public void read(X12File file, Path schema, ElementEvents events, FindingSink findings)
      throws IOException {
    run(file, schema.toAbsolutePath().toString(), events, findings);
  }

  /** Reads a file by the mapping of its first transaction set. */
  public void read(X12File file, ElementEvents events, FindingSink findings) throws IOException {
    Optional<Mapping> mapping = mapping(file, findings);
    if (mapping.isPresent()) {
      run(file, schema(mapping.get().name()), events, findings);
    }
  }

  /** Runs a Smooks configuration of the user's own over a file. */
  public static void run(X12File file, Path configuration, OutputStream out) throws IOException {
    try (Smooks smooks = configured(configuration);
        InputStream in = plain(file)) {
      smooks.filterSource(new StreamSource<>(in), new StreamSink<>(out));
    } catch (SmooksException e) {
      // its own words may quote the data
      throw new MappingException(
          configuration + ": Smooks cannot go on with it in " + file.name(), e);
    }
  }

  // Smooks answers a configuration that it does not understand with any exception
  private static Smooks configured(Path configuration) throws IOException {
    try {
      return new Smooks(configuration.toAbsolutePath().toString());
    } catch (SAXException | RuntimeException e) {
      throw new MappingException(
          configuration + ": Smooks cannot use this configuration: " + cause(e), e);
    }
  }

  /** The mapping of the first transaction set; the streaming reader looks it up. */
  private Optional<Mapping> mapping(X12File file, FindingSink findings) throws IOException {
    try (InputStream in = file.open()) {
      Segment segment = new Segment();
      SegmentReader reader = new SegmentReader(in, segment);
      String guide = "";
      SegmentReader.Found found = reader.nextInterchange();
      while (found == SegmentReader.Found.JUNK) {
        found = reader.nextInterchange();
      }
      while (found != SegmentReader.Found.END && found != SegmentReader.Found.CUT_OFF) {
        int tag = segment.tag;
        if (tag == Tags.GS) {
          guide = segment.text(8);
        } else if (tag == Tags.ST) {
          String version = segment.has(3) ? segment.text(3) : guide;
          Optional<Mapping> mapping = mappings.find(segment.text(1), version);
          if (mapping.isPresent()) {
            return mapping;
          }
        }
        found = reader.next();
      }
    }
    findings.add(
        Syntax.NO_MAPPING,
        new Place(file.name(), null, 0, null, null, null, 0),
        "no transaction set in this file that a mapping describes");
    return Optional.empty();
  }

  private void run(X12File file, String schema, ElementEvents events, FindingSink findings)
      throws IOException {
    Smooks smooks = opened.computeIfAbsent(schema, SmooksEngine::open);
    ExecutionContext context = smooks.createExecutionContext();
    context.put(Visitor.EVENTS, events);
    try (InputStream in = plain(file)) {
      smooks.filterSource(context, new StreamSource<>(in), new NullSink());
    } catch (SmooksException e) {
      findings.add(
          Syntax.ENGINE_REFUSED,
          new Place(file.name(), null, 0, null, null, null, offset(context)),
          "Smooks cannot read on: what stands here is not as the mapping says");
    }
    events.finish();
  }

  private static long offset(ExecutionContext context) {
    List<Diagnostic> diagnostics = context.get(DfdlParser.DIAGNOSTICS_TYPED_KEY);
    if (diagnostics == null || diagnostics.isEmpty()) {
      return -1;
    }
    var locations = diagnostics.get(0).getDataLocations();
    return locations.isEmpty() ? -1 : locations.get(0).bytePos1b() - 1;
  }

  private static String cause(Exception thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  // Smooks deprecates its filter settings and offers nothing else to switch serialization off
  @SuppressWarnings("deprecation")
  private static Smooks open(String schema) {
    String configuration =
        """
        <smooks-resource-list xmlns="https://www.smooks.org/xsd/smooks-2.0.xsd"
            xmlns:edi="https://www.smooks.org/xsd/smooks/edi-2.0.xsd">
          <edi:parser schemaUri="%s"/>
        </smooks-resource-list>
        """
            .formatted(schema.replace("&", "&amp;").replace("\"", "&quot;"));
    Smooks smooks = new Smooks();
    try {
      smooks.addResourceConfigs(
          new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
    } catch (SAXException | IOException e) {
      throw new MappingException(schema + ": Smooks cannot be set up for it", e);
    }
    smooks.setFilterSettings(FilterSettings.newSaxNgSettings().setDefaultSerializationOn(false));
    smooks.addVisitor(new Visitor(), "*");
    return smooks;
  }

  /** A schema as Smooks finds it: in the jar, or copied together from folder and jar. */
  private String schema(String name) throws IOException {
    if (!mappings.hasFolder()) {
      return "/edi-mappings/" + name + Mappings.SUFFIX;
    }
    Path folder = copies;
    if (folder == null) {
      folder = Files.createTempDirectory("openrcm-mappings");
      copies = folder;
    }
    Path file = folder.resolve(name + Mappings.SUFFIX);
    if (!Files.exists(file)) {
      mappings.copy(name, folder);
    }
    return file.toString();
  }

  /** Decompressed, without a byte order mark, which Smooks would take for data. */
  private static InputStream plain(X12File file) throws IOException {
    InputStream in = new BufferedInputStream(file.open());
    in.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      in.reset();
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    opened.values().forEach(Smooks::close);
    opened.clear();
    Path folder = copies;
    if (folder != null) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
      copies = null;
    }
  }

  /** Passes Smooks' events on to whoever this run is for. */
  private static final class Visitor implements ElementVisitor {
    static final TypedKey<ElementEvents> EVENTS = TypedKey.of("org.openrcm.events");

    @Override
    public void visitBefore(Element element, ExecutionContext context) {
      events(context).start(element.getLocalName());
    }

    @Override
    public void visitChildText(CharacterData text, ExecutionContext context) {
      events(context).text(text.getData());
    }

    @Override
    public void visitChildElement(Element child, ExecutionContext context) {}

    @Override
    public void visitAfter(Element element, ExecutionContext context) {
      events(context).end(element.getLocalName());
    }

    private static ElementEvents events(ExecutionContext context) {
      return context.get(EVENTS);
    }
  }
}
