package org.openrcm.fhir;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.JsonForm.Kind;

/** Writes the values of primitives: what stands behind a name, or in a list. */
final class JsonPrimitives {
  private static final int LONGEST_KEPT_URI = 200;

  private final JsonGenerator json;

  /**
   * URIs as they were last written, at places by their hash: the same few code systems, profiles
   * and extensions make up half the bytes of a claim.
   */
  private final @Nullable SerializedString[] uris = new SerializedString[256];

  JsonPrimitives(JsonGenerator json) {
    this.json = json;
  }

  /** Whether there is a value to write; of one that has none its extensions may be written. */
  static boolean hasContent(Kind kind, PrimitiveType<?> value) {
    return kind == Kind.BINARY ? value.hasValue() : !isBlank(value.getValueAsString());
  }

  void write(Kind kind, PrimitiveType<?> value) throws IOException {
    switch (kind) {
      case INTEGER -> json.writeNumber(((IntegerType) value).getValue());
      case DECIMAL -> json.writeNumber(value.getValueAsString());
      case BOOLEAN -> json.writeBoolean(((BooleanType) value).getValue());
      case BINARY -> {
        byte[] bytes = ((Base64BinaryType) value).getValue();
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
      }
      case URI -> writeUri(value.getValueAsString());
      default -> json.writeString(value.getValueAsString());
    }
  }

  void writeUri(@Nullable String uri) throws IOException {
    if (uri == null || uri.length() > LONGEST_KEPT_URI) {
      json.writeString(uri);
      return;
    }
    int hash = uri.hashCode();
    int place = (hash ^ hash >>> 16) & uris.length - 1;
    SerializedString quoted = uris[place];
    if (quoted == null || !quoted.getValue().equals(uri)) {
      quoted = new SerializedString(uri);
      uris[place] = quoted;
    }
    json.writeString(quoted);
  }

  static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
