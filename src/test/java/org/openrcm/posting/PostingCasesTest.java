package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * One folder for each story of money: files in the order in which they come, and what the books and
 * the exceptions list must say when all of it is posted, worked out by hand in its {@code
 * story.md}.
 */
@ServerTest
class PostingCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");
  private static final int ORDERS = 3;

  @Autowired private ApplicationContext server;

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBooksAreAsWorkedOutByHand(Path story) throws IOException {
    TestBooks books = new TestBooks(server);
    for (Path file : files(story)) {
      books.load(file);
      books.postAll();
    }
    check(story, books);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOrderOfFilesMakesNoDifference(Path story) throws IOException {
    List<Path> files = new ArrayList<>(files(story));
    Random random = new Random(story.toString().hashCode());
    for (int order = 0; order < (files.size() > 2 ? ORDERS : files.size() - 1); order++) {
      if (order == 0) {
        Collections.reverse(files);
      } else {
        Collections.shuffle(files, random);
      }
      TestBooks books = new TestBooks(server);
      for (Path file : files) {
        books.load(file);
        if (random.nextBoolean()) {
          books.postAll();
        }
      }
      books.postAll();
      check(story, books);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void postingDoesWhatThePreviewSaysAndUndoingItIsNothing(Path story) throws IOException {
    TestBooks books = new TestBooks(server);
    for (Path file : files(story)) {
      books.load(file);
    }
    String before = books.balances();
    for (UUID check : books.checks("WAITING")) {
      List<String> preview = books.preview(check);
      books.run(() -> server.getBean(Posting.class).post(check, List.of()));
      if (!preview.get(0).equals("brings ")) { // a check of provider adjustments only
        assertThat(books.whatItBrought(check)).isEqualTo(preview);
      }
    }
    String posted = books.balances();
    books.undoAll();
    assertThat(books.balances()).isEqualTo(before);
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
    for (UUID id : books.checks("UNDONE")) {
      books.run(() -> server.getBean(Posting.class).post(id, List.of()));
    }
    assertThat(books.balances()).isEqualTo(posted);
  }

  /** A claim says by mistake that its only payer is the second; what replaces it says the first. */
  @Test
  void whatWasDecidedOfAClaimToTheWrongPayerInTurnStaysWithIt() throws IOException {
    String story = "replacement-not-decided-yet";
    TestBooks books = new TestBooks(server);
    books.loadCase(
        story,
        text ->
            text.contains("REF*F8*")
                ? text.replace("LFP-6532", "LFP-6531")
                : text.replace("SBR*P*", "SBR*S*"));
    books.postAll();
    // it is taken back or paid back; the replacement waits for a decision of its own
    assertThat(books.exceptions())
        .isEqualTo(Files.readString(CASES.resolve(story).resolve("exceptions.tsv")));
  }

  private static void check(Path story, TestBooks books) throws IOException {
    assertThat(books.balances()).isEqualTo(Files.readString(story.resolve("ledger.tsv")));
    assertThat(books.exceptions()).isEqualTo(Files.readString(story.resolve("exceptions.tsv")));
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
  }

  private static List<Path> files(Path story) throws IOException {
    try (Stream<Path> files = Files.list(story)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9].*"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyCaseWorksItOutInWords() throws IOException {
    assertThat(cases())
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(story -> assertThat(story.resolve("story.md")).isNotEmptyFile());
  }
}
