package org.openrcm.contact;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        allowed ? end(facts, ask, rules) : null,
        List.copyOf(rulings),
        DebtRules.left(facts, ask.at()));
  }

  private static boolean binds(Rule rule, Facts facts, Ask ask) {
    return rule.binds(facts, ask.channel(), ask.purpose(), CallRules.day(ask.at(), facts.home()));
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

  /** The first moment within two days at which a rule forbids what is allowed now. */
  private static @Nullable Instant end(Facts facts, Ask ask, List<Rule> rules) {
    return Stream.concat(facts.zones().stream(), Stream.of(facts.home()))
        .flatMap(zone -> moments(facts, ask, rules, zone))
        .filter(moment -> moment.isAfter(ask.at()))
        .sorted()
        .filter(
            moment -> {
              Ask later = ask.at(moment);
              return rules.stream()
                  .anyMatch(
                      rule -> binds(rule, facts, later) && !judge(rule, facts, later).allows());
            })
        .findFirst()
        .orElse(null);
  }

  /**
   * When something can end: midnight, the end of hours and of times agreed to, the beginning of
   * times not wished, a change of the clock.
   */
  private static Stream<Instant> moments(Facts facts, Ask ask, List<Rule> rules, ZoneId zone) {
    Set<LocalTime> times = new TreeSet<>(Set.of(LocalTime.MIDNIGHT));
    rules.stream()
        .filter(rule -> rule.is("closes"))
        .forEach(rule -> times.add(LocalTime.parse(rule.text("closes"))));
    facts.told().stream()
        .flatMap(
            told ->
                Stream.of(Optional.ofNullable(told.opens()), Optional.ofNullable(told.closes())))
        .flatMap(Optional::stream)
        .forEach(times::add);
    LocalDate today = CallRules.day(ask.at(), zone);
    return Stream.concat(
        Stream.ofNullable(zone.getRules().nextTransition(ask.at()))
            .map(ZoneOffsetTransition::getInstant)
            .filter(change -> change.isBefore(CallRules.start(today.plusDays(3), zone))),
        Stream.of(today, today.plusDays(1), today.plusDays(2))
            .flatMap(day -> times.stream().map(time -> day.atTime(time)))
            .flatMap(local -> begins(local, zone)));
  }

  /** Twice in the hour that comes twice; in the one that is left out, when it would have begun. */
  private static Stream<Instant> begins(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? Stream.of(zone.getRules().getTransition(local).getInstant())
        : offsets.stream().map(local::toInstant);
  }
}
