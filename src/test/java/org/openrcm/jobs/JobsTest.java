package org.openrcm.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
@Import(JobsTest.Kinds.class)
@TestPropertySource(
    properties = {
      "openrcm.jobs.lease=900ms",
      "openrcm.jobs.back-off=10ms",
      "openrcm.jobs.poll=50ms",
      "openrcm.jobs.attempts=3"
    })
class JobsTest {
  private static final String KIND = "TEST";
  private static final int SECONDS = 20;

  @Autowired private Jobs jobs;
  @Autowired private JobTable table;
  @Autowired private Behaviour behaviour;
  @Autowired private TransactionTemplate transaction;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private JdbcClient sql;

  private final UUID practice = UUID.randomUUID();
  private final UUID subject = UUID.randomUUID();

  /** What the job under test does, for each subject. */
  static class Behaviour {
    final Map<UUID, JobKind.Work> works = new ConcurrentHashMap<>();
    final BlockingQueue<UUID> givenUp = new LinkedBlockingQueue<>();

    void run(UUID subject, JobRun run) throws Exception {
      works.get(subject).run(subject, run);
    }
  }

  @TestConfiguration
  static class Kinds {
    @Bean
    Behaviour behaviour() {
      return new Behaviour();
    }

    @Bean
    JobKind testJob(Behaviour behaviour) {
      return new JobKind(KIND, behaviour::run, behaviour.givenUp::add);
    }
  }

  @BeforeEach
  void aPractice() {
    sql.sql("insert into practice (id, name) values (?, 'Test')").param(practice).update();
  }

  private void enqueue() {
    enqueue(practice);
  }

  private void enqueue(UUID its) {
    Actor.job("test", its)
        .run(() -> transaction.executeWithoutResult(status -> jobs.enqueue(KIND, subject)));
  }

  private int jobsLeft() {
    return sql.sql("select count(*) from job where subject_id = ?")
        .param(subject)
        .query(Integer.class)
        .single();
  }

  private void awaitNoneLeft() throws InterruptedException {
    for (int i = 0; i < SECONDS * 50 && jobsLeft() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(jobsLeft()).isZero();
  }

  /** Ids made from content are the same wherever the content is. */
  @Test
  void twoPracticesHaveAJobEachForTheSameSubject() throws InterruptedException {
    UUID other = UUID.randomUUID();
    sql.sql("insert into practice (id, name) values (?, 'Other')").param(other).update();
    BlockingQueue<UUID> practices = new LinkedBlockingQueue<>();
    behaviour.works.put(subject, (id, run) -> practices.add(Actor.currentPractice()));
    transaction.executeWithoutResult(
        status -> {
          enqueue(practice);
          enqueue(other);
        });
    awaitNoneLeft();
    assertThat(practices).containsExactlyInAnyOrder(practice, other);
  }

  @Test
  void aJobIsDoneAsTheActorOfItsPracticeAndThenGone() throws InterruptedException {
    BlockingQueue<Actor> actors = new LinkedBlockingQueue<>();
    behaviour.works.put(subject, (id, run) -> actors.add(Actor.current()));
    enqueue();
    Actor actor = actors.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(actor).isNotNull();
    assertThat(actor.practice()).isEqualTo(practice);
    assertThat(actor.kind()).isEqualTo(Actor.Kind.JOB);
    awaitNoneLeft();
    assertThat(actors).isEmpty();
  }

  @Test
  void aJobOfATransactionThatIsRolledBackNeverWas() throws InterruptedException {
    BlockingQueue<UUID> runs = new LinkedBlockingQueue<>();
    behaviour.works.put(subject, (id, run) -> runs.add(id));
    Actor.job("test", practice)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      jobs.enqueue(KIND, subject);
                      status.setRollbackOnly();
                    }));
    assertThat(runs.poll(500, TimeUnit.MILLISECONDS)).isNull();
    assertThat(jobsLeft()).isZero();
  }

  @Test
  void aJobWithoutATransactionIsRefused() {
    Actor.job("test", practice)
        .run(
            () ->
                assertThatThrownBy(() -> jobs.enqueue(KIND, subject))
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void workThatFailsIsTriedAgainUntilItSucceeds() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    behaviour.works.put(
        subject,
        (id, run) -> {
          if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
          }
        });
    enqueue();
    awaitNoneLeft();
    assertThat(tries).hasValue(3);
    assertThat(behaviour.givenUp).doesNotContain(subject);
  }

  @Test
  void workThatKeepsFailingIsGivenUp() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    behaviour.works.put(
        subject,
        (id, run) -> {
          tries.incrementAndGet();
          throw new StackOverflowError();
        });
    enqueue();
    awaitNoneLeft();
    assertThat(tries).hasValue(3);
    assertThat(behaviour.givenUp).contains(subject);
  }

  @Test
  void aJobWhoseNodeWentSilentIsTakenByAnother() throws InterruptedException {
    BlockingQueue<UUID> runs = new LinkedBlockingQueue<>();
    behaviour.works.put(subject, (id, run) -> runs.add(id));
    sql.sql(
            """
            insert into job (id, practice_id, kind, subject_id, leased_until, leased_by, attempts)
            values (?, ?, ?, ?, now() + interval '700 ms', 'a node that was killed', 1)
            """)
        .params(UUID.randomUUID(), practice, KIND, subject)
        .update();
    assertThat(runs.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(runs.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(subject);
    awaitNoneLeft();
  }

  @Test
  void aJobThatTookItsNodeDownTooOftenIsGivenUpWithoutAnotherTry() throws InterruptedException {
    behaviour.works.put(
        subject,
        (id, run) -> {
          throw new AssertionError("must not run");
        });
    sql.sql(
            """
            insert into job (id, practice_id, kind, subject_id, leased_until, leased_by, attempts)
            values (?, ?, ?, ?, now(), 'a node that was killed', 3)
            """)
        .params(UUID.randomUUID(), practice, KIND, subject)
        .update();
    awaitNoneLeft();
    assertThat(behaviour.givenUp).contains(subject);
  }

  @Test
  void longWorkKeepsItsLeaseAndRunsOnce() throws InterruptedException {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    behaviour.works.put(
        subject,
        (id, run) -> {
          runs.incrementAndGet();
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          for (int i = 0; i < 25; i++) {
            Thread.sleep(100);
            run.goOn();
          }
          atOnce.decrementAndGet();
        });
    enqueue();
    awaitNoneLeft();
    assertThat(runs).hasValue(1);
    assertThat(most).hasValue(1);
  }

  @Test
  void workThatIsAskedForAgainWhileItRunsStartsAnew() throws InterruptedException {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    behaviour.works.put(
        subject,
        (id, run) -> {
          events.add("begun");
          if (events.size() == 1) {
            enqueue();
            for (int i = 0; i < 100; i++) {
              Thread.sleep(50);
              run.goOn();
            }
            events.add("not stopped");
          }
        });
    enqueue();
    awaitNoneLeft();
    assertThat(events).containsExactly("begun", "begun");
  }

  @Test
  void aNodeThatStopsLeavesItsJobToTheNext() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    JobKind.Work endless =
        (id, run) -> {
          begun.countDown();
          while (true) {
            Thread.sleep(10);
            run.goOn();
          }
        };
    StaticListableBeanFactory beans =
        new StaticListableBeanFactory(Map.of("kind", new JobKind("OTHER", endless, id -> {})));
    JobRunner other =
        new JobRunner(
            table,
            new JobSettings(
                1, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(10), 3),
            beans.getBeanProvider(JobKind.class),
            transactions);
    Actor.job("test", practice)
        .run(() -> transaction.executeWithoutResult(status -> jobs.enqueue("OTHER", subject)));
    other.start();
    assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    other.stop();
    List<String> left =
        sql.sql("select coalesce(leased_by, 'nobody') || attempts from job where subject_id = ?")
            .param(subject)
            .query(String.class)
            .list();
    assertThat(left).containsExactly("nobody0");
  }
}
