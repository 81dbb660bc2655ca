package org.openrcm.account;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts of the actor's practice, as claims and remittances make them.
 *
 * <p>It writes no audit rows: that a file's patients were taken in is on record with its load.
 */
@Component
public class Accounts {
  static final String SUBJECT = "Account";

  private static final int AT_ONCE = 1000;

  private final JdbcClient sql;
  private final StateRows states;
  private final CoverageRows coverages;
  private final AccountWords words;

  Accounts(JdbcClient sql, StateRows states, CoverageRows coverages, AccountWords words) {
    this.sql = sql;
    this.states = states;
    this.coverages = coverages;
    this.words = words;
  }

  /** A claim and by what its account is known. */
  private record Keyed(Seen seen, String identity) {}

  /**
   * For each claim the account of its patient, found or made. The same person is found again
   * whatever the order in which claims come, and from several transactions at once. A claim that is
   * on an account stays there, and says nothing new.
   *
   * @param seen of claims that are loaded
   * @return account numbers by claim numbers
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Long> take(Collection<Seen> seen) {
    Map<Long, Seen> fresh = new LinkedHashMap<>();
    seen.forEach(each -> fresh.put(each.claim(), each));
    Map<Long, Long> taken = new HashMap<>(ofClaims(fresh.keySet()));
    fresh.keySet().removeAll(taken.keySet());
    // always in one order, so that nobody waits for somebody who waits for him
    List<Keyed> keyed =
        fresh.values().stream()
            .map(each -> new Keyed(each, PersonKey.of(each)))
            .sorted(Comparator.comparing(Keyed::identity))
            .toList();
    for (int at = 0; at < keyed.size(); at += AT_ONCE) {
      taken.putAll(takeSome(keyed.subList(at, Math.min(at + AT_ONCE, keyed.size()))));
    }
    return taken;
  }

  private Map<Long, Long> takeSome(List<Keyed> some) {
    Set<String> identities = new TreeSet<>();
    some.forEach(each -> identities.add(each.identity()));
    Map<String, Long> numbers = new HashMap<>();
    Set<Long> made = make(identities, numbers);
    List<Long> known = numbers.values().stream().filter(each -> !made.contains(each)).toList();
    Map<Long, State> accounts = states.lock(known);
    Map<Long, Map<String, Coverage>> covered = coverages.of(known);
    Map<Long, Map<String, Coverage>> changed = new HashMap<>();
    Map<Long, Long> taken = new HashMap<>();
    for (Keyed each : some) {
      long number = Objects.requireNonNull(numbers.get(each.identity()));
      taken.put(each.seen().claim(), number);
      accounts.computeIfAbsent(number, State::fresh).hear(each.seen());
      for (SeenCoverage one : each.seen().coverages()) {
        Coverage coverage =
            Coverage.of(one, Coverage.Source.CLAIM, each.seen().on(), each.seen().control());
        add(coverage, number, covered, changed);
      }
    }
    states.write(accounts.values());
    write(changed);
    List<Seen> seen = some.stream().map(Keyed::seen).toList();
    words.add(seen, taken);
    insertClaims(seen, taken);
    return taken;
  }

  private static void add(
      Coverage coverage,
      long account,
      Map<Long, Map<String, Coverage>> covered,
      Map<Long, Map<String, Coverage>> changed) {
    Map<String, Coverage> known = covered.computeIfAbsent(account, key -> new HashMap<>());
    Coverage before = known.get(coverage.key());
    Coverage after = before == null ? coverage : before.with(coverage);
    if (!after.equals(before)) {
      known.put(coverage.key(), after);
      changed.computeIfAbsent(account, key -> new HashMap<>()).put(coverage.key(), after);
    }
  }

  private void write(Map<Long, Map<String, Coverage>> changed) {
    Map<Long, Collection<Coverage>> rows = new HashMap<>();
    changed.forEach((account, each) -> rows.put(account, each.values()));
    coverages.write(rows);
  }

  /**
   * Gives each identity its account's number; of two transactions that know the same new person one
   * waits for the other here.
   *
   * @return numbers of accounts that are to be made
   */
  private Set<Long> make(Set<String> identities, Map<String, Long> numbers) {
    Set<Long> made = new LinkedHashSet<>();
    Set<String> open = new TreeSet<>(identities);
    // what was found a moment ago may be taken away by somebody who undoes a correction
    while (!open.isEmpty()) {
      sql.sql(
              """
              insert into account_identity (practice_id, identity, account_number)
              select ?, i.identity, nextval('account_number') from (
                select identity from unnest(?::text[]) as i (identity) order by identity) i
              on conflict do nothing returning identity, account_number
              """)
          .param(Actor.currentPractice())
          .param(open.toArray(String[]::new))
          .query(
              row -> {
                numbers.put(row.getString(1), row.getLong(2));
                made.add(row.getLong(2));
              });
      open.removeAll(numbers.keySet());
      if (!open.isEmpty()) {
        numbers.putAll(known(open));
        open.removeAll(numbers.keySet());
      }
    }
    return made;
  }

  /** What a claim came by is no longer somebody's word alone, and stays when that is undone. */
  private Map<String, Long> known(Set<String> identities) {
    Map<String, Long> numbers = new HashMap<>();
    List<String> byHand = new ArrayList<>();
    sql.sql(
            """
            select identity, account_number, by_hand from account_identity
            where identity = any(?)
            """)
        .param(identities.toArray(String[]::new))
        .query(
            row -> {
              numbers.put(row.getString(1), row.getLong(2));
              if (row.getBoolean(3)) {
                byHand.add(row.getString(1));
              }
            });
    for (String each : byHand) {
      int kept =
          sql.sql("update account_identity set by_hand = false where identity = ? and by_hand")
              .param(each)
              .update();
      if (kept == 0) {
        numbers.remove(each);
      }
    }
    return numbers;
  }

  private void insertClaims(List<Seen> seen, Map<Long, Long> taken) {
    sql.sql(
            """
            insert into account_claim (practice_id, claim_number, account_number, claim_id,
              patient_id, control, on_day, coverage_key)
            select ?, c.number, n.account, c.id, c.patient_id, n.control, n.on_day, n.coverage
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::date[], ?::text[])
              as n (claim, account, control, on_day, coverage)
            join claim c on c.number = n.claim
            on conflict do nothing
            """)
        .param(Actor.currentPractice())
        .param(seen.stream().map(Seen::claim).toArray(Long[]::new))
        .param(seen.stream().map(each -> taken.get(each.claim())).toArray(Long[]::new))
        .param(seen.stream().map(each -> Clean.text(each.control())).toArray(String[]::new))
        .param(seen.stream().map(each -> Clean.day(each.on()).toString()).toArray(String[]::new))
        .param(seen.stream().map(Accounts::coverageKey).toArray(String[]::new))
        .update();
  }

  private static @Nullable String coverageKey(Seen seen) {
    SeenCoverage first = seen.first();
    return first == null
        ? null
        : Coverage.of(first, Coverage.Source.CLAIM, seen.on(), seen.control()).key();
  }

  /** A claim of which an 835 told something. */
  private record Told(
      long account, String control, @Nullable String coverageKey, Learned learned) {}

  /**
   * Adds what 835s say of claims that are on accounts; others are passed over. To be told again
   * changes nothing.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void learn(Collection<Learned> learned) {
    List<Learned> all =
        learned.stream()
            .filter(each -> each.next() != null || each.correctedMemberId() != null)
            .toList();
    for (int at = 0; at < all.size(); at += AT_ONCE) {
      learnSome(all.subList(at, Math.min(at + AT_ONCE, all.size())));
    }
  }

  private void learnSome(List<Learned> some) {
    List<Told> told = told(some);
    Set<Long> accounts = new TreeSet<>();
    told.forEach(each -> accounts.add(each.account()));
    states.lock(accounts);
    Map<Long, Map<String, Coverage>> covered = coverages.of(accounts);
    Map<Long, Map<String, Coverage>> changed = new HashMap<>();
    List<String> found = new ArrayList<>();
    List<Long> of = new ArrayList<>();
    for (Told each : told) {
      SeenCoverage next = each.learned().next();
      LocalDate on = Clean.day(each.learned().on());
      if (next != null) {
        Coverage coverage = Coverage.of(next, Coverage.Source.REMITTANCE, on, each.control());
        add(coverage, each.account(), covered, changed);
      }
      String memberId = each.learned().correctedMemberId();
      String clean = memberId == null ? "" : Clean.text(memberId);
      Coverage billed = covered.getOrDefault(each.account(), Map.of()).get(each.coverageKey());
      if (!clean.isEmpty() && billed != null) {
        add(billed.corrected(clean, on), each.account(), covered, changed);
        Set<String> cut = new LinkedHashSet<>();
        AccountWords.cut(clean, cut);
        for (String word : cut) {
          found.add(word);
          of.add(each.account());
        }
      }
    }
    write(changed);
    words.add(found, of);
  }

  private List<Told> told(List<Learned> some) {
    Map<Long, List<Learned>> byClaim = new HashMap<>();
    some.forEach(each -> byClaim.computeIfAbsent(each.claim(), key -> new ArrayList<>()).add(each));
    List<Told> told = new ArrayList<>();
    sql.sql(
            """
            select claim_number, account_number, control, coverage_key from account_claim
            where claim_number = any(?)
            """)
        .param(byClaim.keySet().toArray(Long[]::new))
        .query(
            row -> {
              for (Learned each : byClaim.getOrDefault(row.getLong(1), List.of())) {
                told.add(new Told(row.getLong(2), row.getString(3), row.getString(4), each));
              }
            });
    return told;
  }

  /** Lets claims of this person find the account, unless they find another one by it. */
  void knownBy(String identity, long account) {
    sql.sql(
            """
            insert into account_identity (practice_id, identity, account_number, by_hand)
            values (?, ?, ?, true) on conflict do nothing
            """)
        .params(Actor.currentPractice(), identity, account)
        .update();
  }

  /** Those who are treated on these accounts, by the id of their FHIR Patient. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<UUID> patients(Collection<Long> accounts) {
    return sql.sql("select distinct patient_id from account_claim where account_number = any(?)")
        .param(accounts.toArray(Long[]::new))
        .query(UUID.class)
        .list();
  }

  /** The accounts of these claims, by claim number; without claims that are on none. */
  @Transactional
  public Map<Long, Long> ofClaims(Collection<Long> claims) {
    Map<Long, Long> accounts = new HashMap<>();
    if (!claims.isEmpty()) {
      sql.sql("select claim_number, account_number from account_claim where claim_number = any(?)")
          .param(claims.toArray(Long[]::new))
          .query(
              row -> {
                accounts.put(row.getLong(1), row.getLong(2));
              });
    }
    return accounts;
  }
}
