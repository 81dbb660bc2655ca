package org.openrcm.bench;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.smooks.Smooks;
import org.smooks.api.ExecutionContext;
import org.smooks.api.resource.visitor.sax.ng.BeforeVisitor;
import org.smooks.cartridges.dfdl.parser.DfdlReaderConfigurator;
import org.smooks.io.sink.NullSink;
import org.smooks.io.source.StreamSource;
import org.w3c.dom.Element;

/** Smooks' EDI cartridge running the project's own 835 schema, one event for each claim. */
final class SmooksPeer implements Contender.Reading, BeforeVisitor {
  private static final Path SCHEMA = Path.of("edi-mappings", "835-005010X221A1.dfdl.xsd");

  private final Smooks smooks = new Smooks();
  private long claims;

  SmooksPeer() {
    smooks.setReaderConfig(new DfdlReaderConfigurator(SCHEMA.toAbsolutePath().toString()));
    smooks.addVisitor(this, "CLP");
    smooks.createExecutionContext();
  }

  @Override
  public void visitBefore(Element element, ExecutionContext context) {
    claims++;
  }

  @Override
  public long count(Path file) throws Exception {
    claims = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      smooks.filterSource(new StreamSource<>(in), new NullSink());
    }
    return claims;
  }
}
