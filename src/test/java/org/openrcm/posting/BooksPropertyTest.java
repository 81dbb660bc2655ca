package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.ServerTest;
import org.openrcm.posting.MadeUpMail.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What holds of any bills and checks in any order. {@code -Dopenrcm.books.seed=S} tries again what
 * failed, {@code -Dopenrcm.books.seeds=N} tries more of them.
 */
@ServerTest
class BooksPropertyTest {
  private static final int SEEDS = 6;

  @Autowired private ApplicationContext server;
  @Autowired private Posting posting;

  static LongStream seeds() {
    Long replay = Long.getLong("openrcm.books.seed");
    if (replay != null) {
      return LongStream.of(replay);
    }
    // the first three once found something
    return LongStream.concat(
        LongStream.of(854180861, 783643583, 222824250),
        new Random().longs(Integer.getInteger("openrcm.books.seeds", SEEDS), 0, 1_000_000_000));
  }

  private void load(TestBooks books, List<Letter> letters) {
    letters.forEach(letter -> books.receive(letter.name(), letter.bytes()));
    books.settled();
  }

  /** Posts all checks, also those that were undone. */
  private void postAll(TestBooks books) {
    for (UUID id : books.checks("UNDONE")) {
      books.run(() -> posting.post(id, List.of()));
    }
    books.postAll();
  }

  /** The seed is in the test's name, and so in the report of what failed. */
  @ParameterizedTest(name = "-Dopenrcm.books.seed={0}")
  @MethodSource("seeds")
  void theBooksAreAFunctionOfTheirFilesAndUndoingIsNothing(long seed) {
    List<Letter> letters = MadeUpMail.of(seed, "C", 100);
    TestBooks books = new TestBooks(server);
    load(books, letters);
    String charged = books.balances();
    String troubles = books.exceptions();
    postAll(books);
    SoundBooks.check(server, books);
    String posted = books.balances();
    String postedTroubles = books.exceptions();
    books.undoAll();
    assertThat(books.balances()).isEqualTo(charged);
    assertThat(books.exceptions()).isEqualTo(troubles);
    postAll(books);
    assertThat(books.balances()).isEqualTo(posted);
    assertThat(books.exceptions()).isEqualTo(postedTroubles);
    SoundBooks.check(server, books);

    TestBooks shuffled = shuffled(letters, new Random(seed));
    assertThat(shuffled.balances()).isEqualTo(posted);
    assertThat(shuffled.exceptions()).isEqualTo(postedTroubles);
    SoundBooks.check(server, shuffled);
  }

  /** The same files in another order, with checks posted and undone while they come. */
  private TestBooks shuffled(List<Letter> letters, Random random) {
    TestBooks books = new TestBooks(server);
    if (random.nextBoolean()) {
      books.run(() -> posting.mode(MadeUpCheck.PAYER, "A payer", Mode.AUTOMATIC));
    }
    List<Letter> some = new ArrayList<>(letters);
    Collections.shuffle(some, random);
    while (!some.isEmpty()) {
      List<Letter> next = some.subList(0, Math.min(some.size(), 1 + random.nextInt(4)));
      load(books, next);
      next.clear();
      for (UUID id : books.checks("WAITING")) {
        if (random.nextBoolean()) {
          books.run(() -> posting.post(id, List.of()));
        }
      }
      for (UUID id : books.checks("POSTED")) {
        if (random.nextInt(4) == 0) {
          books.run(() -> posting.undo(id));
        }
      }
      books.settled();
    }
    postAll(books);
    return books;
  }
}
