package org.openrcm.posting;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.posting.MadeUpMail.Letter;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People who all at once do whatever can be done to the books of one practice: each on a thread of
 * its own, what comes next by its seed. To be refused is part of it, to fail is not.
 */
final class RandomVerbs {
  static final int THREADS = 8;

  private static final String ANY_CHECK =
      """
      select r.id from remittance r join remittance_posting p on p.remittance_number = r.number
      where p.state in (%s) order by random() limit 1
      """;
  private static final String ANY_EXCEPTION =
      """
      select id from posting_exception where state in (%s)
      order by (random() < 0.9 and type not in (%s)), random() limit 1
      """;
  private static final String ANY_DENIAL =
      """
      select concat(e.source_number, '-', e.source_place, '-', l.claim_number, ' ',
        l.segment, ' ', l.code)
      from journal_entry e join journal_line l on l.entry = e.number
      where e.source = 'PAYMENT' and l.account = '%s' order by random() limit 1
      """;
  private static final String BY_CLAIM = "'NO_CLAIM', 'PATIENT_DIFFERS', 'TAKEBACK_UNEXPLAINED'";
  private static final String AS_SENT =
      "'REVERSAL_WITHOUT_PAYMENT', 'REVERSAL_DIFFERS', 'SECOND_DECISION'";
  private static final String HELD = "'HELD_BACK'";
  private static final String ANY = "''";
  private static final String OPEN = "'OPEN'";
  private static final String EVER = "'OPEN', 'SOLVED', 'CLOSED'";

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Posting posting;
  private final Solving solving;
  private final DenialWriteOffs writeOffs;
  private final Intake intake;
  private final Actor actor;
  private final Random random;
  private final String prefix;
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private int mails;

  /** One person, the {@code number}th. */
  private RandomVerbs(ApplicationContext server, UUID practice, long seed, int number) {
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.posting = server.getBean(Posting.class);
    this.solving = server.getBean(Solving.class);
    this.writeOffs = server.getBean(DenialWriteOffs.class);
    this.intake = server.getBean(Intake.class);
    this.actor = TestUsers.actor(practice, "person " + number, Role.MANAGER);
    this.random = new Random(seed + number);
    // names of one go do not come again in the next
    this.prefix = "S" + seed + "P" + number + "M";
  }

  /**
   * Does so many operations on eight threads.
   *
   * @param seeds of these numbers are all that is drawn by lot
   * @param progress told how many are done, now and then
   * @return how often each operation was done, and refused
   */
  static Map<String, Integer> run(
      ApplicationContext server, UUID practice, long seed, long operations, LongConsumer progress)
      throws InterruptedException, ExecutionException {
    AtomicLong begun = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Map<String, Integer>>> all = new ArrayList<>();
    for (int i = 1; i <= THREADS; i++) {
      RandomVerbs person = new RandomVerbs(server, practice, seed, i);
      all.add(threads.submit(() -> person.go(begun, operations, progress)));
    }
    threads.shutdown();
    Map<String, Integer> done = new TreeMap<>();
    for (Future<Map<String, Integer>> each : all) {
      each.get().forEach((verb, times) -> done.merge(verb, times, Integer::sum));
    }
    return done;
  }

  private Map<String, Integer> go(AtomicLong begun, long operations, LongConsumer progress)
      throws Exception {
    for (long next = begun.incrementAndGet(); next <= operations; ) {
      if (next % 100 == 0) {
        progress.accept(next);
      }
      actor.call(
          () -> {
            operation();
            return true;
          });
      next = begun.incrementAndGet();
    }
    return done;
  }

  private void operation() throws Exception {
    int kind = random.nextInt(1000);
    if (kind < 12) {
      perform("load", this::load);
    } else if (kind < 280) {
      onCheck("post", kind % 10 == 0 ? "'HELD'" : "'WAITING', 'UNDONE'", this::post);
    } else if (kind < 430) {
      onCheck("undo", "'POSTED'", posting::undo);
    } else if (kind < 440) {
      UUID file = any("select id from received_file order by random() limit 1");
      perform("undoFile", file == null ? null : () -> posting.undoFile(file));
    } else if (kind < 500) {
      onCheck("hold", "'WAITING'", does(posting::hold));
    } else if (kind < 560) {
      onCheck("release", "'HELD'", does(posting::release));
    } else if (kind < 562) {
      Mode mode = Mode.values()[random.nextInt(Mode.values().length)];
      perform("mode", doing(() -> posting.mode(MadeUpCheck.PAYER, "A payer", mode)));
    } else if (kind < 600) {
      onDenial("writeOff", "DENIED_PENDING_REVIEW", one -> writeOffs.writeOff(one, "too late"));
    } else if (kind < 620) {
      onDenial("undoWriteOff", "DENIAL_WRITE_OFF", writeOffs::undo);
    } else if (kind < 800) {
      solve(kind % 10);
    } else {
      takeBack(kind % 6);
    }
  }

  private void solve(int kind) throws Exception {
    switch (kind) {
      case 0, 1, 2 -> {
        UUID claim = any("select id from claim order by random() limit 1");
        Verb match = id -> claim == null ? null : solving.match(id, claim);
        onException("match", OPEN, BY_CLAIM, match);
      }
      case 3, 4, 5 -> onException("asSent", OPEN, AS_SENT, solving::asSent);
      case 6, 7 -> onException("takeIn", OPEN, HELD, solving::takeIn);
      case 8 -> onException("close", OPEN, ANY, does(id -> solving.close(id, "seen")));
      default -> onException("assign", OPEN, ANY, does(id -> solving.assign(id, false)));
    }
  }

  private void takeBack(int kind) throws Exception {
    switch (kind) {
      case 0 -> onException("unmatch", EVER, BY_CLAIM, solving::unmatch);
      case 1 -> onException("notAsSent", EVER, AS_SENT, solving::notAsSent);
      case 2 -> onException("leaveOut", "'SOLVED'", HELD, solving::leaveOut);
      case 3 -> onException("reopen", "'CLOSED'", ANY, does(solving::reopen));
      case 4 -> onException("giveBack", OPEN, ANY, does(solving::giveBack));
      default -> onException("close", OPEN, ANY, does(id -> solving.close(id, "seen")));
    }
  }

  private Object load() throws Exception {
    if (letters.isEmpty()) {
      mails++;
      letters.addAll(
          MadeUpMail.of(random.nextLong(), prefix + mails + "N", random.nextInt(90_000)));
    }
    Letter letter = letters.remove();
    return intake.receive(letter.name(), Via.UPLOAD, new ByteArrayInputStream(letter.bytes()));
  }

  private Object post(UUID id) {
    Set<Integer> leftOut = new HashSet<>();
    Set<Integer> takenIn = new HashSet<>();
    for (int ordinal = 1; ordinal <= 6; ordinal++) {
      int lot = random.nextInt(10);
      if (lot == 0) {
        leftOut.add(ordinal);
      } else if (lot < 5) {
        takenIn.add(ordinal);
      }
    }
    return posting.post(id, leftOut, takenIn);
  }

  /** Something that is done to one check or exception. */
  private interface Verb {
    @Nullable Object on(UUID id);
  }

  private interface Quiet {
    void on(UUID id);
  }

  private static Verb does(Quiet verb) {
    return id -> {
      verb.on(id);
      return true;
    };
  }

  private static Callable<Object> doing(Runnable verb) {
    return () -> {
      verb.run();
      return true;
    };
  }

  private void onCheck(String name, String states, Verb verb) throws Exception {
    UUID id = any(ANY_CHECK.formatted(states));
    perform(name, id == null ? null : () -> verb.on(id));
  }

  private void onException(String name, String states, String types, Verb verb) throws Exception {
    UUID id = any(ANY_EXCEPTION.formatted(states, types));
    perform(name, id == null ? null : () -> verb.on(id));
  }

  private void onDenial(String name, String account, Consumer<List<DenialWriteOffs.Chosen>> verb)
      throws Exception {
    String choice = any(ANY_DENIAL.formatted(account), String.class);
    perform(
        name,
        choice == null
            ? null
            : doing(() -> verb.accept(List.of(DenialWriteOffs.Chosen.of(choice)))));
  }

  private @Nullable UUID any(String query) {
    return any(query, UUID.class);
  }

  private <T> @Nullable T any(String query, Class<T> type) {
    return transaction.execute(status -> sql.sql(query).query(type).optional().orElse(null));
  }

  private void perform(String name, @Nullable Callable<?> verb) throws Exception {
    if (verb == null) {
      done.merge(name + " nothing there", 1, Integer::sum);
      return;
    }
    try {
      verb.call();
      done.merge(name, 1, Integer::sum);
    } catch (Refused e) {
      done.merge(name + " refused", 1, Integer::sum);
    } catch (RuntimeException e) {
      throw new IllegalStateException(name + " failed", e);
    }
  }
}
