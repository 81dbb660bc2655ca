package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The firewall and an oracle that was written apart from it say the same of random histories: what
 * is allowed, which rules forbid it, which visits may be spoken of, and when it will be allowed.
 *
 * <p>{@code -Dopenrcm.firewall.histories=1000000} for as many, {@code -Dopenrcm.firewall.seed} for
 * others.
 */
class FirewallOracleTest {
  private static final int HISTORIES = Integer.getInteger("openrcm.firewall.histories", 3000);
  private static final long SEED = Long.getLong("openrcm.firewall.seed", 20260307L);
  private static final int SHORT = 12;
  private static final int LONG = 45;
  private static final int MOST_SHOWN = 5;

  @Test
  void theFirewallAndTheOracleAgree() {
    List<String> differences = new ArrayList<>();
    Map<String, Integer> forbade = new TreeMap<>();
    int allowed = 0;
    int later = 0;
    for (int i = 0; i < HISTORIES && differences.size() < MOST_SHOWN; i++) {
      RandomHistory history = RandomHistory.of(SEED + i);
      Verdict verdict = Firewall.decide(history.facts, history.ask, Rules.all());
      Set<String> rules =
          verdict.rulings().stream()
              .filter(ruling -> !ruling.allows())
              .map(Ruling::rule)
              .collect(Collectors.toCollection(TreeSet::new));
      rules.forEach(rule -> forbade.merge(rule, 1, Integer::sum));
      allowed += verdict.allowed() ? 1 : 0;
      later += verdict.nextAllowed() == null ? 0 : 1;
      String difference = difference(history, verdict, rules, i % 10 == 0 ? LONG : SHORT);
      if (!difference.isEmpty()) {
        differences.add(
            "seed %d: %s%n%s%n%s".formatted(SEED + i, difference, history.ask, history.facts));
      }
    }
    assertThat(differences).isEmpty();
    // and the histories are worth it: each rule forbids, much is allowed, much later on
    assertThat(forbade.keySet())
        .contains(
            "C1", "C2", "C5", "C6", "C7", "C8", "C11", "C12", "C13", "C16", "C20", "C21", "C22",
            "C26", "C27", "C29", "C30", "C45", "ARRIVES", "HELP", "HOLD", "OWED", "REACH");
    assertThat(allowed).isGreaterThan(HISTORIES / 20);
    assertThat(later).isGreaterThan(HISTORIES / 20);
  }

  private static String difference(
      RandomHistory history, Verdict verdict, Set<String> rules, int days) {
    Ask ask = history.ask;
    Set<String> expected = ContactOracle.forbids(history.facts, ask);
    if (!rules.equals(expected) || verdict.allowed() != expected.isEmpty()) {
      return "forbidden by " + rules + ", by the oracle " + expected;
    }
    List<Long> visits = ContactOracle.visits(history.facts, ask);
    if (!verdict.visits().equals(visits)) {
      return "visits " + verdict.visits() + ", by the oracle " + visits;
    }
    if (verdict.allowed()) {
      Instant closes = ContactOracle.end(history.facts, ask, history.grain(), 1);
      Instant told = verdict.allowedUntil();
      boolean right =
          closes == null
              ? told == null || told.isAfter(ask.at().plusSeconds(86_400))
              : closes.equals(told) || ask.purpose() == Purpose.CONFIRM_REFUSAL;
      return right ? "" : "allowed until " + told + ", by the oracle until " + closes;
    }
    Instant next = ContactOracle.next(history.facts, ask, history.grain(), days);
    Instant found = verdict.nextAllowed();
    Instant end = ask.at().plusSeconds(days * 86_400L);
    boolean same = next == null ? found == null || found.isAfter(end) : next.equals(found);
    return same ? "" : "next allowed at " + found + ", by the oracle at " + next;
  }
}
