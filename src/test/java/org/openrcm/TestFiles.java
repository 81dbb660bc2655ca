package org.openrcm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hands files in over the API, as a program does, and waits until they are read. */
public final class TestFiles {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern STATE = Pattern.compile("\"state\":\"([A-Z]+)\"");
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final TestApi api;

  public TestFiles(TestUsers users, UUID practice) {
    this.api = users.api(practice, "system/files.write", "system/files.read");
  }

  /** Hands in one of the samples and answers the file's id once it is read. */
  public UUID sample(String name) {
    try {
      return load(name, Files.readAllBytes(Path.of("samples", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands in these bytes and answers the file's id once nothing more happens to it. */
  public UUID load(String name, byte[] x12) {
    HttpResponse<String> answer =
        api.send(
            api.request("/api/files")
                .header("Content-Type", "application/edi-x12")
                .header("X-File-Name", name)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(x12)));
    UUID id = UUID.fromString(found(ID, answer));
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      String state = state(id);
      if (!state.equals("RECEIVED") && !state.equals("READING")) {
        return id;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(name + " is still " + state(id));
  }

  public String state(UUID file) {
    return found(STATE, api.get("/api/files/" + file));
  }

  private static String found(Pattern pattern, HttpResponse<String> answer) {
    Matcher matcher = pattern.matcher(answer.body());
    if (!matcher.find()) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return matcher.group(1);
  }
}
