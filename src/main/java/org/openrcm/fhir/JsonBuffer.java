package org.openrcm.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Where JSON is written to; lets go of an array grown far beyond the usual resource. */
final class JsonBuffer extends ByteArrayOutputStream {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  /** A buffer that one huge Bundle made larger than this is not kept for the small ones after. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int USUAL_BYTES = 16 * 1024;

  JsonBuffer() {
    super(USUAL_BYTES);
  }

  /** A generator into it. */
  JsonGenerator generator() {
    try {
      return FACTORY.createGenerator(this).setRootValueSeparator(null);
    } catch (IOException e) {
      throw new IllegalStateException("a generator into memory", e);
    }
  }

  void restart() {
    reset();
    if (buf.length > KEPT_BYTES) {
      buf = new byte[USUAL_BYTES];
    }
  }
}
