package org.openrcm.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Picks files up from a folder that has a folder of each practice in it, named by the practice's id
 * or by its name in small letters and hyphens ({@code larkfield-family-practice-made-up}). A file
 * that has stood still for a few seconds is kept, and then moved to {@code done} beside it; should
 * the move not happen, the file is recognised as a duplicate the next time.
 */
@Component
@ConditionalOnProperty("openrcm.inbox")
class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final String DONE = "done";
  private static final String REFUSED = "refused";

  /** Any number, but the same on all nodes. */
  private static final long LOCK = 0x1b0c5L;

  private final Path root;
  private final Duration settle;
  private final Intake intake;
  private final JdbcClient database;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private Map<Path, Seen> seen = new HashMap<>();
  private long strangers;

  /** A file as it was, since when. */
  private record Seen(long size, Instant modified, Instant since) {
    boolean isSame(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime().toInstant());
    }
  }

  Inbox(
      @Value("${openrcm.inbox}") Path root,
      @Value("${openrcm.inbox-settle:3s}") Duration settle,
      Intake intake,
      JdbcClient database,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.root = root;
    this.settle = settle;
    this.intake = intake;
    this.database = database;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Looks once; on one node at a time, so that no file is picked up twice. */
  @Scheduled(fixedDelayString = "${openrcm.inbox-every:2s}")
  void look() {
    if (root.toString().isEmpty()) {
      return; // the setting is there, but says nothing
    }
    try {
      transaction.executeWithoutResult(
          status -> {
            boolean mine =
                database
                    .sql("select pg_try_advisory_xact_lock(?)")
                    .param(LOCK)
                    .query(Boolean.class)
                    .single();
            if (mine) {
              lookIntoFolders();
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("the inbox could not be looked into: {}", Failures.describe(e));
    }
  }

  private void lookIntoFolders() {
    Map<Path, Seen> now = new HashMap<>();
    long unknown = 0;
    Map<String, UUID> practices = practices();
    for (Path folder : children(root)) {
      UUID practice = practices.get(nameOf(folder).toLowerCase(Locale.ROOT));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      if (practice == null) {
        unknown++;
      } else {
        Actor.job("inbox", practice).run(() -> lookInto(folder, now));
      }
    }
    if (unknown != strangers) {
      strangers = unknown;
      LOG.warn("{} folders of the inbox are named after no practice: they are left alone", unknown);
    }
    seen = now;
  }

  private void lookInto(Path folder, Map<Path, Seen> now) {
    for (Path file : children(folder)) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || nameOf(file).startsWith(".")) {
          continue;
        }
        Seen before = seen.get(file);
        if (before == null || !before.isSame(attributes)) {
          now.put(
              file,
              new Seen(
                  attributes.size(), attributes.lastModifiedTime().toInstant(), clock.instant()));
        } else if (Duration.between(before.since(), clock.instant()).compareTo(settle) < 0) {
          now.put(file, before);
        } else {
          take(file);
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("a file in the inbox could not be taken in: {}", Failures.describe(e));
      }
    }
  }

  private void take(Path file) throws IOException {
    String folder = DONE;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      intake.receive(nameOf(file), Via.INBOX, in);
    } catch (TooLarge e) {
      LOG.warn("a file in the inbox is too large: it is put aside in {}", REFUSED);
      folder = REFUSED;
    }
    Path beside = file.resolveSibling(folder);
    Files.createDirectories(beside);
    Path target = beside.resolve(nameOf(file));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      target = beside.resolve(UUID.randomUUID() + "-" + nameOf(file));
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** By what their folders may be called; a name that two practices share stands for neither. */
  private Map<String, UUID> practices() {
    Map<String, UUID> ids = new HashMap<>();
    Map<String, UUID> names = new HashMap<>();
    Set<String> shared = new HashSet<>();
    database
        .sql("select id, name from practice")
        .query(
            row -> {
              UUID id = row.getObject(1, UUID.class);
              ids.put(id.toString(), id);
              String name = slug(row.getString(2));
              if (names.put(name, id) != null) {
                shared.add(name);
              }
            });
    names.keySet().removeAll(shared);
    names.putAll(ids);
    return names;
  }

  /** A practice's name as that of a folder. */
  static String slug(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (IOException e) {
      LOG.warn("a folder of the inbox cannot be read: {}", Failures.describe(e));
    }
    return children;
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
