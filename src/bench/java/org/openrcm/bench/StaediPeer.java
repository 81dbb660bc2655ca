package org.openrcm.bench;

import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** StAEDI's pull reader; with a schema it also knows loops and checks every element. */
final class StaediPeer implements Contender.Reading {
  private final EDIInputFactory factory = EDIInputFactory.newFactory();
  private final @Nullable Schema schema;
  private final String claimTag;

  private StaediPeer(@Nullable Schema schema, String claimTag) {
    this.schema = schema;
    this.claimTag = claimTag;
  }

  static StaediPeer withoutSchema(String claimTag) {
    StaediPeer peer = new StaediPeer(null, claimTag);
    peer.factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, false);
    return peer;
  }

  static StaediPeer withSchema() throws Exception {
    try (InputStream in = StaediPeer.class.getResourceAsStream("staedi-835.xml")) {
      return new StaediPeer(
          SchemaFactory.newFactory().createSchema(Objects.requireNonNull(in, "staedi-835.xml")),
          "CLP");
    }
  }

  @Override
  public long count(Path file) throws Exception {
    long claims = 0;
    long characters = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        EDIStreamReader reader = factory.createEDIStreamReader(in)) {
      while (reader.hasNext()) {
        EDIStreamEvent event = reader.next();
        if (event == EDIStreamEvent.START_SEGMENT) {
          claims += reader.getText().equals(claimTag) ? 1 : 0;
        } else if (event == EDIStreamEvent.ELEMENT_DATA) {
          characters += reader.getTextLength();
        } else if (event == EDIStreamEvent.START_TRANSACTION && schema != null) {
          reader.setTransactionSchema(schema);
        } else if (event.isError()) {
          throw new IllegalStateException(
              event + " " + reader.getErrorType() + " at " + reader.getLocation());
        }
      }
    }
    if (characters == 0) {
      throw new IllegalStateException("no element data seen");
    }
    return claims;
  }
}
