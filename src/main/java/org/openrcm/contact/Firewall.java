package org.openrcm.contact;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one decision before every contact: all packs of rules that bind are asked, and one that
 * forbids is enough (C46). A pure function of facts, question and rules.
 */
final class Firewall {
  /** What will not be allowed within a year is not waited for. */
  private static final Duration HORIZON = Duration.ofDays(366);

  private Firewall() {}

  static Verdict decide(Facts facts, Ask ask, List<Rule> rules) {
    List<Ruling> rulings = new ArrayList<>();
    for (Rule rule : rules) {
      if (binds(rule, facts, ask)) {
        rulings.add(ruling(rule, judge(rule, facts, ask)));
      }
    }
    rulings.sort(Comparator.comparing(Ruling::allows));
    boolean allowed = rulings.stream().allMatch(Ruling::allows);
    return new Verdict(
        allowed,
        allowed ? null : next(facts, ask, rules),
        List.copyOf(rulings),
        DebtRules.left(facts, ask.at()));
  }

  private static boolean binds(Rule rule, Facts facts, Ask ask) {
    return rule.binds(
        facts, ask.channel(), ask.purpose(), CallRules.day(ask.at(), facts.home()));
  }

  /** A rule's word; one that goes out of force forbids no longer than it is. */
  private static Word judge(Rule rule, Facts facts, Ask ask) {
    Word word = rule.kind().judge(rule, facts, ask);
    LocalDate last = rule.to();
    if (word.allows() || last == null) {
      return word;
    }
    Instant end = CallRules.start(last.plusDays(1), facts.home());
    return word.until() == null || end.isBefore(word.until())
        ? new Word(false, end, word.detail())
        : word;
  }

  private static Ruling ruling(Rule rule, Word word) {
    String said = word.allows() ? rule.title() : rule.words();
    return new Ruling(
        rule.id(),
        rule.pack(),
        rule.from(),
        word.allows(),
        word.detail().isEmpty() ? said : said + ": " + word.detail(),
        word.until());
  }

  /**
   * The first moment at which no rule forbids it. From one moment to the next: before the latest of
   * those that the forbidding rules name, one of them forbids still.
   */
  private static @Nullable Instant next(Facts facts, Ask ask, List<Rule> rules) {
    Instant end = ask.at().plus(HORIZON);
    Instant at = ask.at();
    while (!at.isAfter(end)) {
      Instant latest = at;
      for (Rule rule : rules) {
        Ask later = ask.at(at);
        if (binds(rule, facts, later)) {
          Word word = judge(rule, facts, later);
          if (!word.allows()) {
            if (word.until() == null) {
              return null;
            }
            latest = word.until().isAfter(latest) ? word.until() : latest;
          }
        }
      }
      if (latest.equals(at)) {
        return at;
      }
      at = latest;
    }
    return null;
  }
}
