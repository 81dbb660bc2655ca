package org.openrcm.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class AccountsTest {
  private static final LocalDate DAY = Practiced.DAY;

  @Autowired private TestUsers users;
  @Autowired private Accounts accounts;
  @Autowired private Corrections corrections;
  @Autowired private AccountPage.Reader pages;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private Practiced practiced;
  private List<Long> claims;

  @BeforeEach
  void aPracticeWithClaims() {
    practiced = new Practiced(users.practice("Accounts"), transaction, sql);
    claims = practiced.claims(users, "C", 24);
  }

  private Seen seen(int claim, Seen.Person patient) {
    return Practiced.seen(claims.get(claim), "C-" + (claim + 1), DAY.plusDays(claim), patient);
  }

  private static Seen covered(Seen seen, Seen.SeenCoverage... coverages) {
    return new Seen(
        seen.claim(),
        seen.control(),
        seen.on(),
        seen.patient(),
        seen.guarantor(),
        List.of(coverages));
  }

  private Map<Long, Long> take(Seen... seen) {
    return practiced.in(() -> accounts.take(List.of(seen)));
  }

  private AccountPage page(long number) {
    return practiced.in(
        () ->
            pages.read(
                sql.sql("select id from account where number = ?")
                    .param(number)
                    .query(UUID.class)
                    .single(),
                null,
                0));
  }

  private long only() {
    return practiced.in(() -> sql.sql("select number from account").query(Long.class).single());
  }

  private static Seen.Person born(Seen.Person person, @Nullable LocalDate day) {
    return new Seen.Person(
        person.lastName(),
        person.firstName(),
        person.middleName(),
        person.suffix(),
        day,
        person.sex(),
        person.addressLines(),
        person.city(),
        person.state(),
        person.postalCode(),
        person.country(),
        person.phone());
  }

  @Test
  void theSameNameAndBirthDateAreOneAccountHoweverTheyAreWritten() {
    Seen other =
        covered(
            seen(1, Practiced.person("O'Brien-Quill", "mary ann")),
            Practiced.coverage(1, "OLANT", "X9"));
    Map<Long, Long> taken = take(seen(0, Practiced.person("OBRIEN QUILL", "MARY-ANN")), other);
    assertThat(new HashSet<>(taken.values())).hasSize(1);
    assertThat(taken).containsOnlyKeys(claims.get(0), claims.get(1));
    assertThat(page(only()).coverages()).hasSize(2);
  }

  @Test
  void anotherBirthDateOrFirstNameIsAnotherPerson() {
    Seen.Person tansy = Practiced.person("QUILLBY", "TANSY");
    Map<Long, Long> taken =
        take(
            seen(0, tansy),
            seen(1, Practiced.person("QUILLBY", "MOSS")),
            seen(2, born(tansy, LocalDate.of(2010, 1, 1))));
    assertThat(new HashSet<>(taken.values())).hasSize(3);
  }

  @Test
  void withoutABirthDateTheMemberNumberOfTheFirstCoverageTells() {
    Seen.Person tansy = born(Practiced.person("QUILLBY", "TANSY"), null);
    Map<Long, Long> taken =
        take(
            covered(
                seen(0, tansy),
                Practiced.coverage(2, "OLANT", "SECOND"),
                Practiced.coverage(1, "BFERN", "BF 1")),
            covered(seen(1, tansy), Practiced.coverage(1, "BFERN", "bf1")),
            covered(seen(2, tansy), Practiced.coverage(1, "BFERN", "BF2")),
            covered(seen(3, tansy)),
            covered(seen(4, tansy)));
    assertThat(taken.get(claims.get(0))).isEqualTo(taken.get(claims.get(1)));
    assertThat(new HashSet<>(taken.values())).hasSize(4);
  }

  @Test
  void toTakeAgainChangesNothing() {
    Seen[] all = {
      seen(0, Practiced.person("QUILLBY", "TANSY")), seen(1, Practiced.person("HAZEL", "MOSS"))
    };
    Map<Long, Long> first = take(all);
    List<Map<String, Object>> before = practiced.in(practiced::everything);
    assertThat(take(all)).isEqualTo(first);
    assertThat(practiced.in(practiced::everything)).isEqualTo(before);
    assertThat(practiced.<Map<Long, Long>>in(() -> accounts.ofClaims(claims))).isEqualTo(first);
  }

  @Test
  void anOlderClaimNeverChangesWhatALaterOneSaid() {
    Seen.Person tansy = Practiced.person("QUILLBY", "TANSY");
    take(seen(5, Practiced.at(tansy, "5 HIGH STREET")));
    take(seen(2, Practiced.at(tansy, "2 OLD ROAD")));
    assertThat(page(only()).value("ADDRESS_1")).isEqualTo("5 HIGH STREET");
    take(seen(7, Practiced.at(tansy, "7 NEW ROAD")));
    AccountPage page = page(only());
    assertThat(page.value("ADDRESS_1")).isEqualTo("7 NEW ROAD");
    assertThat(page.seenOn()).isEqualTo(DAY.plusDays(7));
  }

  @Test
  void theSubscriberOfADependentIsTheGuarantor() {
    Seen child = seen(0, Practiced.person("QUILLBY", "FERN"));
    Seen.SeenCoverage coverage =
        new Seen.SeenCoverage(1, "BFERN", null, "BF1", null, null, "CI", "19", "QUILLBY, TANSY");
    take(
        new Seen(
            child.claim(),
            child.control(),
            child.on(),
            child.patient(),
            Practiced.person("QUILLBY", "TANSY"),
            List.of(coverage)));
    assertThat(page(only()).guarantor()).isEqualTo("TANSY QUILLBY (parent)");
    // a later claim by which the patient is insured alone
    take(seen(1, Practiced.person("QUILLBY", "FERN")));
    assertThat(page(only()).hasGuarantor()).isFalse();
  }

  private List<Seen> random(Random random) {
    List<Seen> all = new ArrayList<>();
    String[] names = {"QUILLBY", "Quillby ", "HAZEL", "ASH"};
    String[] payers = {"BFERN", "OLANT", "EVSUP"};
    for (int i = 0; i < claims.size(); i++) {
      Seen.Person person = Practiced.person(names[random.nextInt(4)], "TANSY");
      if (random.nextInt(5) == 0) {
        person = born(person, null);
      }
      if (random.nextInt(4) > 0) {
        person = Practiced.at(person, random.nextInt(9) + " MILL LANE");
      }
      List<Seen.SeenCoverage> coverages = new ArrayList<>();
      for (int rank = 1; rank <= random.nextInt(4); rank++) {
        coverages.add(
            Practiced.coverage(
                rank, payers[random.nextInt(3)], random.nextInt(3) == 0 ? null : "M" + rank));
      }
      all.add(
          new Seen(
              claims.get(i),
              // two claims of one number, and of one day
              "C-" + random.nextInt(12),
              DAY.plusDays(random.nextInt(4)),
              person,
              random.nextInt(3) == 0 ? Practiced.person("PARENT", "ANY") : null,
              coverages));
    }
    return all;
  }

  @Test
  void theOrderInWhichClaimsComeMakesNoDifference() {
    for (int seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<Seen> all = random(random);
      List<Map<String, Object>> expected = after(all, all.size());
      assertThat(expected).hasSizeGreaterThan(2);
      for (int i = 0; i < 3; i++) {
        List<Seen> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        assertThat(after(shuffled, 1 + random.nextInt(9))).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  /** What is there when they were taken so many at a time; nothing of it stays. */
  private List<Map<String, Object>> after(List<Seen> all, int atOnce) {
    return rolledBack(
        () -> {
          for (int at = 0; at < all.size(); at += atOnce) {
            accounts.take(all.subList(at, Math.min(all.size(), at + atOnce)));
          }
          return practiced.everything();
        });
  }

  private <T> T rolledBack(Supplier<T> work) {
    return Actor.job("test", practiced.practice())
        .call(
            () ->
                transaction.execute(
                    status -> {
                      status.setRollbackOnly();
                      return work.get();
                    }));
  }

  @Test
  void manyAtOnceMakeOneAccountForEachPerson() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Future<Map<Long, Long>>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        List<Seen> some = new ArrayList<>();
        for (int i = thread; i < claims.size(); i += threads) {
          some.add(seen(i, Practiced.person(i % 3 == 0 ? "HAZEL" : "QUILLBY", "TANSY")));
        }
        Collections.shuffle(some, new Random(thread));
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  return practiced.in(() -> accounts.take(some));
                }));
      }
      Set<Long> numbers = new HashSet<>();
      for (Future<Map<Long, Long>> each : all) {
        numbers.addAll(each.get().values());
      }
      assertThat(numbers).hasSize(2);
    } finally {
      pool.shutdown();
    }
    assertThat(practiced.<Map<Long, Long>>in(() -> accounts.ofClaims(claims))).hasSize(24);
    assertThat(
            practiced.in(() -> sql.sql("select count(*) from account").query(Long.class).single()))
        .isEqualTo(2);
  }

  private static Map<Field, String> now(AccountPage page) {
    return new EnumMap<>(AccountForm.of(page.state()).values());
  }

  private UUID id() {
    return page(only()).id();
  }

  private long edit(Field field, String value) {
    AccountPage page = page(only());
    Map<Field, String> typed = now(page);
    typed.put(field, value);
    return practiced.in(() -> corrections.edit(page.id(), page.version(), typed, Set.of()));
  }

  @Test
  void whatWasSetByHandSurvivesLaterClaimsAndTheRestFollowsThem() {
    Seen.Person tansy = Practiced.person("QUILLBY", "TANSY");
    take(seen(0, tansy));
    edit(Field.CITY, "MOORLARK");
    take(seen(3, Practiced.at(tansy, "3 NEW ROAD")));
    AccountPage page = page(only());
    // an address is one thing: no street of another day with the city
    assertThat(page.value("CITY")).isEqualTo("MOORLARK");
    assertThat(page.value("ADDRESS_1")).isEqualTo("1 MILL LANE");
    assertThat(page.said("ADDRESS")).startsWith("3 NEW ROAD");
    practiced.in(
        () -> corrections.edit(page.id(), page.version(), now(page), Set.of(Topic.ADDRESS)));
    assertThat(page(only()).value("ADDRESS_1")).isEqualTo("3 NEW ROAD");
    assertThat(page(only()).value("CITY")).isEqualTo("LARKMOOR");
  }

  @Test
  void undoingGoesBackToWhatClaimsSayByThenAndOnlyTheLastCanBeUndone() {
    Seen.Person tansy = Practiced.person("QUILLBY", "TANSY");
    take(seen(0, tansy));
    long first = edit(Field.ADDRESS_1, "9 HERON WAY");
    long second = edit(Field.EMAIL, "tansy@example.org");
    UUID id = id();
    assertThatThrownBy(() -> practiced.in(() -> corrections.undo(id, first)))
        .isInstanceOf(Refused.class);
    take(seen(2, Practiced.at(tansy, "2 NEW ROAD")));
    practiced.in(() -> corrections.undo(id, second));
    assertThat(page(only()).value("EMAIL")).isEmpty();
    assertThat(page(only()).value("ADDRESS_1")).isEqualTo("9 HERON WAY");
    long third = edit(Field.ADDRESS_1, "10 HERON WAY");
    practiced.in(() -> corrections.undo(id, third));
    assertThat(page(only()).value("ADDRESS_1")).isEqualTo("9 HERON WAY");
    assertThat(page(only()).history()).hasSize(5);
  }

  @Test
  void ofTwoWhoCorrectAtOnceTheSecondIsTold() {
    take(seen(0, Practiced.person("QUILLBY", "TANSY")));
    AccountPage page = page(only());
    edit(Field.PHONE, "5550100100");
    Map<Field, String> typed = now(page);
    typed.put(Field.PHONE, "5550100200");
    assertThatThrownBy(
            () -> practiced.in(() -> corrections.edit(page.id(), page.version(), typed, Set.of())))
        .hasMessage("CHANGED_MEANWHILE");
    assertThat(page(only()).value("PHONE")).isEqualTo("5550100100");
  }

  @Test
  void aNameSetByHandIsFoundByLaterClaimsUntilThatIsUndone() {
    take(seen(0, Practiced.person("QUILBY", "TANSY")));
    long account = only();
    long correction = edit(Field.LAST_NAME, "QUILLBY");
    practiced.in(() -> corrections.undo(id(), correction));
    Map<Long, Long> other = take(seen(1, Practiced.person("QUILLBY", "TANSY")));
    assertThat(other.get(claims.get(1))).isNotEqualTo(account);
    assertThat(page(account).sameAs()).isNull();

    practiced = new Practiced(users.practice("Another"), transaction, sql);
    claims = practiced.claims(users, "C", 3);
    take(seen(0, Practiced.person("QUILBY", "TANSY")));
    edit(Field.LAST_NAME, "QUILLBY");
    take(
        seen(1, Practiced.person("QUILLBY", "TANSY")),
        seen(2, Practiced.person("QUILBY", "TANSY")));
    assertThat(page(only()).claims()).isEqualTo(3);
  }

  @Test
  void anotherAccountOfTheNameSetByHandIsNamed() {
    Map<Long, Long> taken =
        take(
            seen(0, Practiced.person("QUILBY", "TANSY")),
            seen(1, Practiced.person("QUILLBY", "TANSY")));
    AccountPage page = page(taken.get(claims.get(0)));
    Map<Field, String> typed = now(page);
    typed.put(Field.LAST_NAME, "Quillby");
    practiced.in(() -> corrections.edit(page.id(), page.version(), typed, Set.of()));
    assertThat(page(taken.get(claims.get(0))).sameAs())
        .isEqualTo(page(taken.get(claims.get(1))).id());
  }

  @Test
  void aRemittanceAddsTheNextPayerOnceAndAClaimThatNamesItSaysItBetter() {
    take(seen(0, Practiced.person("QUILLBY", "TANSY")));
    Learned learned =
        new Learned(
            claims.get(0), Practiced.coverage(2, "Evergreen", null), "BFH9", DAY.plusDays(9));
    for (int i = 0; i < 2; i++) {
      practiced.in(
          () -> {
            accounts.learn(List.of(learned));
            return true;
          });
    }
    AccountPage page = page(only());
    assertThat(page.coverages()).extracting(Coverage::payer).hasSize(2).contains("Evergreen");
    assertThat(page.coverages().get(0).payersMemberId()).isEqualTo("BFH9");
    take(
        covered(
            seen(1, Practiced.person("QUILLBY", "TANSY")),
            Practiced.coverage(1, "BLUEFERN HEALTH PLAN", "BFH1"),
            Practiced.coverage(2, "EVERGREEN", "EV7")));
    assertThat(page(only()).coverages())
        .extracting(coverage -> coverage.said().memberId())
        .containsExactly("BFH1", "EV7");
  }

  @Test
  void coveragesAreAddedMovedEndedAndTakenBackByHand() {
    take(seen(0, Practiced.person("QUILLBY", "TANSY")));
    UUID id = id();
    practiced.in(
        () -> corrections.add(id, page(only()).version(), Practiced.coverage(1, "OLANT", "OL1")));
    AccountPage two = page(only());
    assertThat(two.coverages()).extracting(Coverage::payer).endsWith("OLANT").hasSize(2);
    long moved =
        practiced.in(() -> corrections.earlier(id, two.version(), two.coverages().get(1).number()));
    // the order that somebody chose stays
    take(seen(4, Practiced.person("QUILLBY", "TANSY")));
    assertThat(page(only()).coverages()).extracting(Coverage::payer).startsWith("OLANT");
    practiced.in(() -> corrections.undo(id, moved));
    assertThat(page(only()).coverages()).extracting(Coverage::payer).endsWith("OLANT");
    AccountPage back = page(only());
    long ended =
        practiced.in(() -> corrections.end(id, back.version(), back.coverages().get(0).number()));
    assertThat(page(only()).inForce()).extracting(Coverage::payer).containsExactly("OLANT");
    practiced.in(() -> corrections.undo(id, ended));
    assertThat(page(only()).inForce()).hasSize(2);
  }

  @Test
  void whatIsCorrectedLeavesAnAuditRowForThePatient() {
    take(seen(0, Practiced.person("QUILLBY", "TANSY")));
    edit(Field.EMAIL, "tansy@example.org");
    assertThat(
            practiced.in(
                () ->
                    sql.sql(
                            """
                            select count(*) from audit_event e where action = 'CHANGE'
                              and subject_type = 'Account'
                              and patient_id = (select patient_id from account_claim)
                            """)
                        .query(Long.class)
                        .single()))
        .isEqualTo(1);
  }
}
