package org.openrcm.x12;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes {@link ElementEvents} as JSON that streams and keeps order: whatever holds others is an
 * array of objects with one key each, such as {@code {"CLP": [{"CLP01": "4411"}, ...]}}.
 */
public final class JsonElements implements ElementEvents {
  private final JsonGenerator json;
  private boolean pending;

  public JsonElements(OutputStream out) {
    try {
      json =
          new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Jackson's generator may throw. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start(String name) {
    write(
        () -> {
          openArray();
          json.writeStartObject();
          json.writeFieldName(name);
        });
    pending = true;
  }

  /** The element that was started last holds others, so its value is an array. */
  private void openArray() throws IOException {
    if (pending) {
      json.writeStartArray();
      pending = false;
    }
  }

  @Override
  public void text(String text) {
    write(() -> json.writeString(text));
    pending = false;
    simple = true;
  }

  private boolean simple;

  @Override
  public void end(String name) {
    write(
        () -> {
          openArray();
          if (!simple) {
            json.writeEndArray();
          }
          json.writeEndObject();
        });
    simple = false;
  }

  @Override
  public void unmapped(String raw) {
    start("Unmapped");
    text(raw);
    end("Unmapped");
  }

  @Override
  public void finish() {
    write(
        () -> {
          json.writeRaw('\n');
          json.flush();
        });
  }
}
