package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openrcm.account.FlagKind;

/** What is known of the debt: notices, disputes, bankruptcy. */
final class DebtRules {
  private DebtRules() {}

  /** Whether a flag still holds at a moment: to the end of its last day at home. */
  private static boolean holds(Facts facts, Facts.Raised flag, Instant at) {
    return flag.until() == null || at.isBefore(end(facts, flag.until()));
  }

  private static Instant end(Facts facts, LocalDate last) {
    return CallRules.start(last.plusDays(1), facts.home());
  }

  /** The visits that may be spoken of. */
  static List<Long> left(Facts facts, Instant at) {
    List<Long> left = new ArrayList<>();
    LocalDate stayed = stayed(facts, at);
    for (Facts.Visit visit : facts.visits()) {
      boolean flagged =
          facts.flags().stream()
              .anyMatch(
                  flag -> Objects.equals(flag.claim(), visit.claim()) && holds(facts, flag, at));
      if (!flagged && visit.day().isAfter(stayed)) {
        left.add(visit.claim());
      }
    }
    return left;
  }

  /** The last day of service whose debts are in a bankruptcy. */
  private static LocalDate stayed(Facts facts, Instant at) {
    return facts.told().stream()
        .filter(told -> told.kind() == NoticeKind.BANKRUPTCY && !told.at().isAfter(at))
        .map(told -> Objects.requireNonNull(told.on()))
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.MIN);
  }

  /** Not while a flag is up: on the account, or on all that is left of it. */
  static Word flag(Rule rule, Facts facts, Ask ask) {
    FlagKind kind = FlagKind.valueOf(rule.text("flag"));
    return untilFlagsEnd(
        facts,
        ask,
        later -> {
          List<Facts.Raised> up =
              facts.flags().stream()
                  .filter(flag -> flag.kind() == kind && holds(facts, flag, later.at()))
                  .toList();
          boolean all = up.stream().anyMatch(flag -> flag.claim() == null);
          if (up.isEmpty()) {
            return Word.YES;
          }
          return all || left(facts, later.at()).isEmpty()
              ? Word.NEVER
              : Word.yes("not for all visits");
        });
  }

  static boolean isUp(Facts facts, FlagKind kind, Instant at) {
    return facts.flags().stream().anyMatch(flag -> flag.kind() == kind && holds(facts, flag, at));
  }

  /** What a rule says, with the end of a flag by which it will allow. */
  static Word untilFlagsEnd(Facts facts, Ask ask, Function<Ask, Word> judge) {
    Word word = judge.apply(ask);
    if (word.allows()) {
      return word;
    }
    return facts.flags().stream()
        .flatMap(flag -> Stream.ofNullable(flag.until()))
        .map(last -> end(facts, last))
        .filter(end -> end.isAfter(ask.at()))
        .filter(end -> word.until() == null || end.isBefore(word.until()))
        .sorted()
        .filter(end -> judge.apply(ask.at(end)).allows())
        .findFirst()
        .map(end -> new Word(false, end, word.detail()))
        .orElse(word);
  }

  static Word creditorAsked(Rule rule, Facts facts, Ask ask) {
    return Word.noIf(PersonRules.latest(facts, NoticeKind.CREDITOR_ASKED, ask.at()).isPresent());
  }

  /** Not for what was owed when the petition was filed; all of it where that day is not known. */
  static Word bankruptcy(Rule rule, Facts facts, Ask ask) {
    return untilFlagsEnd(facts, ask, later -> bankruptcy(facts, later.at()));
  }

  private static Word bankruptcy(Facts facts, Instant at) {
    if (PersonRules.latest(facts, NoticeKind.BANKRUPTCY, at).isEmpty()) {
      return isUp(facts, FlagKind.BANKRUPTCY, at)
          ? Word.no("the day of the petition is not known")
          : Word.YES;
    }
    LocalDate stayed = stayed(facts, at);
    boolean some = facts.visits().stream().anyMatch(visit -> !visit.day().isAfter(stayed));
    return some && left(facts, at).isEmpty()
        ? Word.NEVER
        : Word.yes(some ? "only visits after " + stayed : "all visits are after " + stayed);
  }

  static Word nothingOwed(Rule rule, Facts facts, Ask ask) {
    return Word.noIf(facts.visits().isEmpty());
  }

  /** Nothing but the validation notice once it is late. */
  static Word validationDue(Rule rule, Facts facts, Ask ask) {
    Instant first = firstCommunication(facts, ask.at()).orElse(null);
    if (first == null || validated(facts, ask.at()).findAny().isPresent()) {
      return Word.YES;
    }
    return Word.inEach(
        facts.zones(),
        zone ->
            Word.noIf(
                CallRules.day(ask.at(), zone)
                    .isAfter(CallRules.day(first, zone).plusDays(rule.number("days")))));
  }

  /** Whether a debt was spoken of: a limited-content message does not (12 CFR 1006.2(d), (j)). */
  static boolean isCommunication(Met met) {
    return met.party() == Party.PAYER
        && (met.isConversation()
            || (met.direction() == Direction.OUT && met.outcome() == Outcome.SENT));
  }

  /** When a debt was first spoken of; empty while it was not. */
  static Optional<Instant> firstCommunication(Facts facts, Instant at) {
    return facts.log().stream()
        .filter(met -> isCommunication(met) && !met.at().isAfter(at))
        .map(Met::at)
        .min(Comparator.naturalOrder());
  }

  /** The day on which the last validation notice was sent; empty while none was. */
  static Optional<LocalDate> validationSent(Facts facts, Instant at) {
    return validated(facts, at).max(Comparator.naturalOrder());
  }

  /** The day on which a notice may be taken to have been received (12 CFR 1006.34(b)(5)). */
  static LocalDate received(Rule rule, LocalDate sent) {
    return Workdays.after(sent, rule.number("workdays"));
  }

  /** The last day of the validation period. */
  static LocalDate periodEnds(Rule rule, LocalDate sent) {
    return received(rule, sent).plusDays(rule.number("days"));
  }

  /** The days on which a validation notice was sent. */
  private static Stream<LocalDate> validated(Facts facts, Instant at) {
    return Stream.concat(
        facts.told().stream()
            .filter(told -> told.kind() == NoticeKind.VALIDATION_SENT && !told.at().isAfter(at))
            .map(told -> Objects.requireNonNull(told.on())),
        facts.log().stream()
            .filter(
                met ->
                    met.isTo(Party.PAYER)
                        && met.purpose() == Purpose.VALIDATION_NOTICE
                        && met.outcome() == Outcome.SENT
                        && !met.at().isAfter(at))
            .map(met -> CallRules.day(met.at(), facts.home())));
  }

  /** No last day before the validation period has ended (12 CFR 1006.38(b)(1)). */
  static Word overshadow(Rule rule, Facts facts, Ask ask) {
    LocalDate sent = validationSent(facts, ask.at()).orElse(null);
    if (sent == null) {
      return Word.no("no validation notice was sent");
    }
    LocalDate last = periodEnds(rule, sent);
    return Word.inEach(
        facts.zones(),
        zone -> {
          Instant open = CallRules.start(last.plusDays(1), zone);
          return ask.at().isBefore(open) ? Word.until(open) : Word.YES;
        });
  }
}
