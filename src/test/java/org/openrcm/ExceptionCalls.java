package org.openrcm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openrcm.identity.Role;
import org.openrcm.posting.Posting;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;

/** Calls about exceptions of posting, in a practice of their own, where checks are posted. */
final class ExceptionCalls {
  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;

  ExceptionCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
    database = server.getBean(TestDatabase.class);
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    exceptions(calls);
    return calls;
  }

  private void exceptions(Map<String, Call> calls) {
    UUID posting = users.practice("Exceptions on record");
    TestBooks books = new TestBooks(server, posting);
    TestSession poster = users.signedIn(posting, Role.POSTER);
    for (String story :
        List.of("payment-without-a-claim", "another-patient-under-our-number", "paid-twice")) {
      story(books, story);
      books.postAll();
    }
    story(books, "denied-as-too-late");
    UUID last = books.checks("WAITING").get(0);
    books.run(() -> server.getBean(Posting.class).post(last, List.of(1)));
    calls.put("GET /exceptions", () -> () -> poster.get("/exceptions"));
    calls.put("GET /exceptions.csv", () -> () -> poster.get("/exceptions.csv"));
    String unknown = "/exceptions/" + exception(posting, "NO_CLAIM");
    calls.put("GET /exceptions/{id}", () -> () -> poster.get(unknown));
    String ours =
        database
            .column(
                "select id::text from claim where practice_id = ? and patient_control_number = ?",
                posting,
                "LFP-6381")
            .get(0);
    verb(calls, poster, unknown, "match", "claim", ours);
    verb(calls, poster, unknown, "unmatch");
    verb(calls, poster, unknown, "take");
    verb(calls, poster, unknown, "leave");
    verb(calls, poster, unknown, "give-back");
    String second = "/exceptions/" + exception(posting, "SECOND_DECISION");
    verb(calls, poster, second, "as-sent");
    verb(calls, poster, second, "not-as-sent");
    verb(calls, poster, second, "close", "note", "Sent back.");
    verb(calls, poster, second, "reopen");
    String held = "/exceptions/" + exception(posting, "HELD_BACK");
    verb(calls, poster, held, "take-in");
    verb(calls, poster, held, "leave-out");
  }

  private static void story(TestBooks books, String name) {
    try (java.util.stream.Stream<Path> files =
        Files.list(Path.of("src/test/resources/cases-posting", name))) {
      files
          .filter(each -> each.getFileName().toString().matches("[0-9].*"))
          .sorted()
          .forEach(books::load);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String exception(UUID posting, String type) {
    return database
        .column(
            "select id::text from posting_exception where practice_id = ? and type = ?",
            posting,
            type)
        .get(0);
  }

  /** They come in the order of the matrix: each verb before what undoes it. */
  private static void verb(
      Map<String, Call> calls, TestSession poster, String page, String verb, String... fields) {
    calls.put("POST /exceptions/{id}/" + verb, () -> () -> poster.post(page + "/" + verb, fields));
  }
}
