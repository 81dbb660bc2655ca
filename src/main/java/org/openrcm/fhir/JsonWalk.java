package org.openrcm.fhir;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.JsonForm.Kind;
import org.openrcm.fhir.JsonShape.Role;
import org.openrcm.fhir.JsonShape.Slot;

/**
 * One thread's walk over resources, one after the other, into a buffer that it keeps.
 *
 * <p>A resource is in the buffer whole before any of it reaches a stream, so a resource that is
 * refused leaves nothing behind. After an exception the walk is of no further use.
 */
final class JsonWalk {
  private static final SerializedString RESOURCE_TYPE = new SerializedString("resourceType");
  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString ID_SIDE = new SerializedString("_id");
  private static final SerializedString URL = new SerializedString("url");
  private static final SerializedString CONTAINED = new SerializedString("contained");
  private static final SerializedString EXTENSION = new SerializedString("extension");
  private static final SerializedString MODIFIER_EXTENSION =
      new SerializedString("modifierExtension");

  private final FhirJson.Outgoing outgoing = new FhirJson.Outgoing();

  private final JsonBuffer buffer = new JsonBuffer();
  private final JsonGenerator json = buffer.generator();
  private final JsonPrimitives primitives = new JsonPrimitives(json);

  /** The resource whose elements are being written. */
  private Resource owner = new Bundle();

  /** Whether the elements being written stand in a contained resource. */
  private boolean contained;

  /** The resource's JSON, in the buffer until the next one is encoded. */
  JsonBuffer encode(Resource resource) throws IOException {
    buffer.restart();
    writeResource(resource, null);
    json.flush();
    return buffer;
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
      writeId(containedId);
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
    if (JsonPrimitives.isBlank(id.getIdPart()) || id.getValue().startsWith("urn:")) {
      return;
    }
    writeId(id.getIdPart());
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

  private void writeSingle(JsonForm form, Object value) throws IOException {
    if (form.kind().isPrimitive()) {
      PrimitiveType<?> primitive = (PrimitiveType<?>) value;
      writeNamed(form, primitive);
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

  private void writeNamed(JsonForm form, PrimitiveType<?> primitive) throws IOException {
    if (JsonPrimitives.hasContent(form.kind(), primitive)) {
      json.writeFieldName(form.name());
      primitives.write(form.kind(), primitive);
    }
  }

  private void writeList(Slot slot, List<?> values) throws IOException {
    JsonForm first = null;
    boolean sides = false;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        continue;
      }
      JsonForm form = slot.form(value.getClass());
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
    if (JsonPrimitives.hasContent(kind, value)) {
      primitives.write(kind, value);
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
      if (primitive.hasExtension() || !JsonPrimitives.isBlank(primitive.getId())) {
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
    if (!JsonPrimitives.isBlank(id)) {
      writeId(id);
    }
  }

  private void writeId(String id) throws IOException {
    json.writeFieldName(ID);
    json.writeString(id);
  }

  private void writeComplex(JsonForm form, Object value) throws IOException {
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
      if (JsonPrimitives.isBlank(id) || !ids.add(id)) {
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
    primitives.writeUri(extension.getUrl());
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
    JsonForm form = JsonForm.extensionValue(value.getClass());
    boolean outerContained = contained;
    contained = false;
    if (form.kind().isPrimitive()) {
      PrimitiveType<?> primitive = (PrimitiveType<?>) value;
      writeNamed(form, primitive);
      writeExtensionValueSide(form, primitive);
    } else {
      json.writeFieldName(form.name());
      writeComplex(form, settled(form.kind(), value));
    }
    contained = outerContained;
  }

  /** Unlike elsewhere, no element id is written here, and id-typed values keep their extensions. */
  private void writeExtensionValueSide(JsonForm form, PrimitiveType<?> primitive)
      throws IOException {
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
}
