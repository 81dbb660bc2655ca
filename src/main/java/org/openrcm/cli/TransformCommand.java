package org.openrcm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.ElementEvents;
import org.openrcm.x12.JsonElements;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.SegmentElements;
import org.openrcm.x12.SmooksEngine;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;
import org.openrcm.x12.XmlElements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code transform}: any mapped transaction set to XML or JSON. */
@Command(
    name = "transform",
    description = {
      "Turns any X12 that a mapping describes into XML or JSON, loop by loop.",
      "A mapping that only full DFDL can express runs with --engine smooks; a Smooks configuration "
          + "of your own decides for itself what comes out."
    },
    mixinStandardHelpOptions = true)
final class TransformCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;
  private static final int BUFFER = 1 << 16;

  @Mixin private final Input input = new Input();
  @Spec private CommandSpec spec;

  @Option(
      names = "--mapping",
      paramLabel = "M",
      description = "A mapping's name, such as 835-005010X221A1, or a DFDL schema file.")
  private @Nullable String mapping;

  @Option(
      names = "--smooks",
      paramLabel = "CONFIG",
      description = "A Smooks configuration file that reads and writes by itself.")
  private @Nullable Path smooks;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "xml")
  private Form form = Form.xml;

  /** By the names that users type. */
  enum Form {
    xml,
    json
  }

  @Override
  public Integer call() throws IOException {
    if (input.names().size() != 1) {
      throw new ParameterException(spec.commandLine(), "transform takes one file");
    }
    Findings findings = new Findings(spec.commandLine().getErr(), FINDINGS_OF_A_KIND);
    try (OutputStream out = new BufferedOutputStream(Output.standard(), BUFFER)) {
      input.each(file -> transform(file, out, findings));
    }
    findings.summarize();
    return findings.exitCode();
  }

  private void transform(X12File file, OutputStream out, Findings findings) throws IOException {
    Path configuration = smooks;
    if (configuration != null) {
      if (!Files.isRegularFile(configuration)) {
        throw new NoSuchFileException(configuration.toString());
      }
      SmooksEngine.run(file, configuration, out);
      return;
    }
    ElementEvents events = form == Form.xml ? new XmlElements(out) : new JsonElements(out);
    Path schema = mapping != null && mapping.endsWith(Mappings.SUFFIX) ? Path.of(mapping) : null;
    if (schema != null && !Files.isRegularFile(schema)) {
      throw new ParameterException(spec.commandLine(), mapping + ": no such mapping file");
    }
    if (input.engine() == Input.EngineName.smooks) {
      try (SmooksEngine engine = new SmooksEngine(mappings(null))) {
        if (schema != null) {
          engine.read(file, schema, events, findings);
        } else {
          engine.read(file, events, findings);
        }
      }
      return;
    }
    SegmentElements elements = new SegmentElements(events);
    StreamingEngine.checking(mappings(schema)).read(file, elements, findings);
    elements.finish();
  }

  /** The mappings to choose from: all, or the one that was asked for. */
  private Mappings mappings(@Nullable Path schema) {
    if (schema != null) {
      Path folder = schema.toAbsolutePath().getParent();
      String name = String.valueOf(schema.getFileName());
      return Mappings.withFolder(folder == null ? Path.of(".") : folder)
          .only(name.substring(0, name.length() - Mappings.SUFFIX.length()));
    }
    String name = mapping;
    return name == null || name.endsWith(Mappings.SUFFIX)
        ? input.mappings()
        : input.mappings().only(name);
  }
}
