package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@ServerTest
class InboxTest {
  private static final AtomicInteger CHECK = new AtomicInteger(1);

  @Autowired private Intake intake;
  @Autowired private JdbcClient sql;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;

  @TempDir private Path root;

  private final Hands clock = new Hands();
  private UUID practice;
  private Path folder;

  /** A clock that is moved by hand. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-03-13T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void forward(Duration time) {
      now = now.plus(time);
    }
  }

  @BeforeEach
  void aPractice() throws IOException {
    practice = users.practice("Larkmoor Family, P.C. " + UUID.randomUUID());
    folder = Files.createDirectory(root.resolve(practice.toString()));
  }

  private Inbox inbox() {
    return new Inbox(root, Duration.ofSeconds(3), intake, sql, clock, transactions);
  }

  private void lookTwice(Inbox inbox) {
    inbox.look();
    clock.forward(Duration.ofSeconds(4));
    inbox.look();
  }

  private Path put(String name) throws IOException {
    return Files.write(folder.resolve(name), Checks.file(CHECK.incrementAndGet(), 1, 2));
  }

  private List<String> names() {
    return arrivals.texts(practice, "select name || ' ' || via from received_file order by name");
  }

  @Test
  void aFileThatStandsStillIsTakenInAndMovedAside() throws IOException {
    Path file = put("remit.835");
    Inbox inbox = inbox();
    inbox.look();
    assertThat(names()).isEmpty();
    clock.forward(Duration.ofSeconds(4));
    inbox.look();
    assertThat(names()).containsExactly("remit.835 INBOX");
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("done/remit.835")).exists();
    UUID id =
        UUID.fromString(arrivals.texts(practice, "select id::text from received_file").get(0));
    assertThat(arrivals.settled(practice, id).state()).isEqualTo(FileState.LOADED);
  }

  @Test
  void aFileThatStillGrowsIsLeftUntilItStandsStill() throws IOException {
    Path file = put("remit.835");
    Inbox inbox = inbox();
    inbox.look();
    clock.forward(Duration.ofSeconds(4));
    Files.write(file, Checks.file(CHECK.incrementAndGet(), 1, 5));
    inbox.look();
    assertThat(names()).isEmpty();
    clock.forward(Duration.ofSeconds(4));
    inbox.look();
    assertThat(names()).hasSize(1);
  }

  @Test
  void aFileThatWasTakenInButNotMovedIsRecognised() throws IOException {
    put("remit.835");
    lookTwice(inbox());
    Files.move(folder.resolve("done/remit.835"), folder.resolve("remit.835"));
    lookTwice(inbox());
    assertThat(folder.resolve("remit.835")).doesNotExist();
    assertThat(
            arrivals.count(
                practice, "select count(*) from received_file where duplicate_of is null"))
        .isEqualTo(1);
    assertThat(arrivals.count(practice, "select count(*) from received_file")).isEqualTo(2);
  }

  @Test
  void twoNodesThatLookAtOnceTakeEachFileOnce() throws IOException {
    for (int i = 0; i < 8; i++) {
      put("remit-" + i + ".835");
    }
    Inbox one = inbox();
    Inbox two = inbox();
    one.look();
    two.look();
    clock.forward(Duration.ofSeconds(4));
    CompletableFuture.allOf(
            CompletableFuture.runAsync(one::look), CompletableFuture.runAsync(two::look))
        .join();
    one.look();
    two.look();
    assertThat(names()).hasSize(8);
    assertThat(
            arrivals.count(
                practice, "select count(*) from received_file where duplicate_of is not null"))
        .isZero();
  }

  @Test
  void aFolderIsKnownByThePracticesNameToo() throws IOException {
    UUID named = users.practice("Ümbra & Söhne " + CHECK.incrementAndGet());
    Path other = Files.createDirectory(root.resolve("ümbra-söhne-" + CHECK.get()));
    Files.write(other.resolve("remit.835"), Checks.file(CHECK.incrementAndGet(), 1, 1));
    lookTwice(inbox());
    assertThat(arrivals.count(named, "select count(*) from received_file")).isEqualTo(1);
  }

  @Test
  void aNameThatTwoPracticesShareStandsForNeither() throws IOException {
    String name = "Twin " + UUID.randomUUID();
    UUID first = users.practice(name);
    UUID second = users.practice(name);
    Path shared = Files.createDirectory(root.resolve(Inbox.slug(name)));
    Path file = Files.write(shared.resolve("remit.835"), Checks.file(1, 1, 1));
    lookTwice(inbox());
    assertThat(file).exists();
    assertThat(arrivals.count(first, "select count(*) from received_file")).isZero();
    assertThat(arrivals.count(second, "select count(*) from received_file")).isZero();
  }

  @Test
  void linksAndHiddenFilesAreLeftAlone() throws IOException {
    Path outside = Files.writeString(root.resolve("secret.txt"), "secret");
    Path link = Files.createSymbolicLink(folder.resolve("link.835"), outside);
    Path hidden = put(".remit.835.part");
    lookTwice(inbox());
    assertThat(names()).isEmpty();
    assertThat(link).exists();
    assertThat(hidden).exists();
  }
}
