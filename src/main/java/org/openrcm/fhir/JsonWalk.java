package org.openrcm.fhir;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.JsonShape.Form;
import org.openrcm.fhir.JsonShape.Kind;
import org.openrcm.fhir.JsonShape.Role;
import org.openrcm.fhir.JsonShape.Slot;

/**
 * One thread's walk over resources, one after the other, into a buffer that it keeps.
 *
 * <p>A resource is in the buffer whole before any of it reaches a stream, so a resource that is
 * refused leaves nothing behind. After an exception the walk is of no further use.
 */
final class JsonWalk {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private static final SerializedString RESOURCE_TYPE = new SerializedString("resourceType");
  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString ID_SIDE = new SerializedString("_id");
  private static final SerializedString URL = new SerializedString("url");
  private static final SerializedString CONTAINED = new SerializedString("contained");
  private static final SerializedString EXTENSION = new SerializedString("extension");
  private static final SerializedString MODIFIER_EXTENSION =
      new SerializedString("modifierExtension");

  /** A buffer that one huge Bundle made larger than this is not kept for the small ones after. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int LONGEST_KEPT_URI = 200;

  private final FhirJson.Outgoing outgoing = new FhirJson.Outgoing();

  /**
   * URIs as they were last written, at places by their hash: the same few code systems, profiles
   * and extensions make up half the bytes of a claim.
   */
  private final @Nullable SerializedString[] uris = new SerializedString[256];

  private final Buffer buffer = new Buffer();
  private final JsonGenerator json;

  /** The resource whose elements are being written. */
  private Resource owner;

  /** Whether the elements being written stand in a contained resource. */
  private boolean contained;

  JsonWalk() {
    try {
      json = FACTORY.createGenerator(buffer).setRootValueSeparator(null);
    } catch (IOException e) {
      throw new IllegalStateException("a generator into memory", e);
    }
    owner = new Bundle();
  }

  void encode(Resource resource) throws IOException {
    buffer.restart();
    writeResource(resource, null);
    json.flush();
  }

  void endLine() {
    buffer.write('\n');
  }

  void copyTo(OutputStream out) throws IOException {
    buffer.writeTo(out);
  }

  byte[] copy() {
    return buffer.toByteArray();
  }

  /** Writes a resource; one that is contained comes with the id under which it is contained. */
  private void writeResource(Resource resource, @Nullable String containedId) throws IOException {
    Resource outerOwner = owner;
    boolean outerContained = contained;
    owner = resource;
    contained = outerContained || containedId != null;
    if (!contained) {
      outgoing.enter(resource);
    }
    JsonShape shape = JsonShape.of(resource.getClass());
    json.writeStartObject();
    json.writeFieldName(RESOURCE_TYPE);
    json.writeString(resource.fhirType());
    if (containedId != null) {
      json.writeFieldName(ID);
      json.writeString(containedId);
    } else {
      writeResourceId(resource);
    }
    writeChildren(resource, shape);
    json.writeEndObject();
    owner = outerOwner;
    contained = outerContained;
  }

  private void writeResourceId(Resource resource) throws IOException {
    if (!resource.hasIdElement()) {
      return;
    }
    IdType id = resource.getIdElement();
    if (isBlank(id.getIdPart()) || id.getValue().startsWith("urn:")) {
      return;
    }
    json.writeFieldName(ID);
    json.writeString(id.getIdPart());
    if (id.hasFormatComment() || id.hasExtension()) {
      json.writeFieldName(ID_SIDE);
      json.writeStartObject();
      writeExtensions(EXTENSION, id.getExtension(), false);
      json.writeEndObject();
    }
  }

  private void writeChildren(Object element, JsonShape shape) throws IOException {
    for (Slot slot : shape.slots(contained)) {
      Object value = slot.read(element);
      if (value != null) {
        writeChild(slot, value);
      } else if (slot.role == Role.META) {
        writeMeta(slot, null);
      }
    }
  }

  private void writeChild(Slot slot, Object value) throws IOException {
    switch (slot.role) {
      case VALUE -> writeSingle(slot.form(value.getClass()), value);
      case LIST -> writeList(slot, (List<?>) value);
      case META -> writeMeta(slot, (Meta) value);
      case CONTAINED -> writeContained((List<?>) value);
      case EXTENSION -> writeExtensions(EXTENSION, (List<?>) value, false);
      case MODIFIER_EXTENSION -> writeExtensions(MODIFIER_EXTENSION, (List<?>) value, true);
    }
  }

  private void writeMeta(Slot slot, @Nullable Meta meta) throws IOException {
    writeSingle(slot.form(Meta.class), meta == null ? new Meta() : meta);
  }

  private void writeSingle(Form form, Object value) throws IOException {
    if (form.kind().isPrimitive()) {
      PrimitiveType<?> primitive = (PrimitiveType<?>) value;
      if (hasContent(form.kind(), primitive)) {
        json.writeFieldName(form.name());
        writePrimitive(form.kind(), primitive);
      }
      if (form.kind() != Kind.ID && primitive.hasExtension()) {
        json.writeFieldName(form.sideName());
        writeSide(primitive);
      }
      return;
    }
    Object settled = settled(form.kind(), value);
    if (!((IBase) settled).isEmpty()) {
      json.writeFieldName(form.name());
      writeComplex(form, settled);
    }
  }

  private void writeList(Slot slot, List<?> values) throws IOException {
    Form first = null;
    boolean sides = false;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        continue;
      }
      Form form = slot.form(value.getClass());
      boolean primitive = form.kind().isPrimitive();
      Object settled = primitive ? value : settled(form.kind(), value);
      if (((IBase) settled).isEmpty()) {
        continue;
      }
      if (first == null) {
        first = form;
        json.writeFieldName(form.name());
        json.writeStartArray();
      }
      if (primitive) {
        sides |= writeListed(form.kind(), (PrimitiveType<?>) settled);
      } else {
        writeComplex(form, settled);
      }
    }
    if (first != null) {
      json.writeEndArray();
      if (sides) {
        writeSides(first.sideName(), values);
      }
    }
  }

  /** Writes one primitive of a list; true if it has extensions, which follow in a second list. */
  private boolean writeListed(Kind kind, PrimitiveType<?> value) throws IOException {
    if (hasContent(kind, value)) {
      writePrimitive(kind, value);
    } else {
      json.writeNull();
    }
    return kind != Kind.ID && value.hasExtension();
  }

  private void writeSides(SerializedString name, List<?> values) throws IOException {
    json.writeFieldName(name);
    json.writeStartArray();
    for (Object value : values) {
      PrimitiveType<?> primitive = (PrimitiveType<?>) value;
      if (primitive == null || primitive.isEmpty()) {
        continue;
      }
      if (primitive.hasExtension() || !isBlank(primitive.getId())) {
        writeSide(primitive);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  private void writeSide(PrimitiveType<?> primitive) throws IOException {
    json.writeStartObject();
    writeElementId(primitive);
    writeExtensions(EXTENSION, primitive.getExtension(), true);
    json.writeEndObject();
  }

  private void writeElementId(Element element) throws IOException {
    String id = element.getId();
    if (!isBlank(id)) {
      json.writeFieldName(ID);
      json.writeString(id);
    }
  }

  private static boolean hasContent(Kind kind, PrimitiveType<?> value) {
    return kind == Kind.BINARY ? value.hasValue() : !isBlank(value.getValueAsString());
  }

  private void writePrimitive(Kind kind, PrimitiveType<?> value) throws IOException {
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

  private void writeUri(@Nullable String uri) throws IOException {
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

  private void writeComplex(Form form, Object value) throws IOException {
    JsonShape shape = form.shape();
    if (shape != null) {
      json.writeStartObject();
      writeElementId((Element) value);
      writeChildren(value, shape);
      json.writeEndObject();
    } else if (form.kind() == Kind.RESOURCE) {
      writeResource((Resource) value, null);
    } else {
      json.writeString(((IPrimitiveType<?>) value).getValueAsString());
    }
  }

  private Object settled(Kind kind, Object value) {
    if (kind == Kind.REFERENCE) {
      return outgoing.settled((Reference) value, owner);
    }
    return kind == Kind.META ? FhirJson.Outgoing.settled((Meta) value, owner) : value;
  }

  private void writeContained(List<?> resources) throws IOException {
    if (resources.isEmpty()) {
      return;
    }
    if (contained) {
      throw new IllegalArgumentException(
          owner.fhirType() + ": a contained resource may not contain another");
    }
    Set<String> ids = new HashSet<>();
    json.writeFieldName(CONTAINED);
    json.writeStartArray();
    for (Object each : resources) {
      Resource resource = (Resource) each;
      String id = FhirJson.Outgoing.containedId(resource);
      if (isBlank(id) || !ids.add(id)) {
        throw new IllegalArgumentException(
            owner.fhirType() + ": a contained " + resource.fhirType() + " needs an id of its own");
      }
      writeResource(resource, id);
    }
    json.writeEndArray();
  }

  /**
   * Writes a list of extensions if there is something in it.
   *
   * @param bare whether an extension that has a URL and nothing else is written, as HAPI does for
   *     modifiers and beside primitives but not elsewhere
   */
  private void writeExtensions(SerializedString name, List<?> extensions, boolean bare)
      throws IOException {
    boolean open = false;
    for (int i = 0; i < extensions.size(); i++) {
      Extension extension = (Extension) extensions.get(i);
      if (extension == null
          || (bare ? extension.isEmpty() : !hasValue(extension) && !extension.hasExtension())) {
        continue;
      }
      if (!open) {
        json.writeFieldName(name);
        json.writeStartArray();
        open = true;
      }
      writeExtension(extension);
    }
    if (open) {
      json.writeEndArray();
    }
  }

  private static boolean hasValue(Extension extension) {
    return extension.getValue() != null && !extension.getValue().isEmpty();
  }

  private void writeExtension(Extension extension) throws IOException {
    boolean nested = extension.hasExtension();
    boolean value = hasValue(extension);
    if (nested && value) {
      throw new IllegalArgumentException(
          owner.fhirType() + ": extension with both a value and extensions: " + extension.getUrl());
    }
    json.writeStartObject();
    writeElementId(extension);
    json.writeFieldName(URL);
    writeUri(extension.getUrl());
    if (nested) {
      json.writeFieldName(EXTENSION);
      json.writeStartArray();
      for (Extension each : extension.getExtension()) {
        writeExtension(each);
      }
      json.writeEndArray();
    } else if (value) {
      writeExtensionValue(extension.getValue());
    }
    json.writeEndObject();
  }

  private void writeExtensionValue(Element value) throws IOException {
    Form form = JsonShape.extensionValue(value.getClass());
    boolean outerContained = contained;
    contained = false;
    if (form.kind().isPrimitive()) {
      PrimitiveType<?> primitive = (PrimitiveType<?>) value;
      if (hasContent(form.kind(), primitive)) {
        json.writeFieldName(form.name());
        writePrimitive(form.kind(), primitive);
      }
      writeExtensionValueSide(form, primitive);
    } else {
      json.writeFieldName(form.name());
      writeComplex(form, settled(form.kind(), value));
    }
    contained = outerContained;
  }

  /** Unlike elsewhere, no element id is written here, and id-typed values keep their extensions. */
  private void writeExtensionValueSide(Form form, PrimitiveType<?> primitive) throws IOException {
    if (!primitive.hasExtension()) {
      return;
    }
    for (Extension each : primitive.getExtension()) {
      if (hasValue(each) || each.hasExtension()) {
        json.writeFieldName(form.sideName());
        json.writeStartObject();
        writeExtensions(EXTENSION, primitive.getExtension(), false);
        json.writeEndObject();
        return;
      }
    }
  }

  static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** A byte array stream that lets go of an array grown far beyond the usual resource. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(16 * 1024);
    }

    void restart() {
      reset();
      if (buf.length > KEPT_BYTES) {
        buf = new byte[16 * 1024];
      }
    }
  }
}
