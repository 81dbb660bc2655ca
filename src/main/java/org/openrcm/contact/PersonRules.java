package org.openrcm.contact;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.openrcm.account.FlagKind;

/** What a person, or who speaks for one, has said: 12 CFR 1006.6, 1006.14(h). */
final class PersonRules {
  private PersonRules() {}

  /** The latest of a kind that is known at a moment. */
  static Optional<Told> latest(Facts facts, NoticeKind kind, Instant at) {
    return facts.told().stream()
        .filter(told -> told.kind() == kind && !told.at().isAfter(at))
        .max(Comparator.comparing(Told::at));
  }

  /** Not where the person does not want it, unless they agreed to it since. */
  static Word wishedPlaces(Rule rule, Facts facts, Ask ask) {
    Instant refused = lastOfPlace(facts, ask, NoticeKind.NOT_AT_PLACE);
    Instant agreed =
        rule.is(TimeRules.AGREED)
            ? lastOfPlace(facts, ask, NoticeKind.AGREED_TO_PLACE)
            : Instant.MIN;
    return Word.noIf(!refused.equals(Instant.MIN) && !agreed.isAfter(refused));
  }

  /** When it was last told of where is asked for; the beginning of time for never. */
  private static Instant lastOfPlace(Facts facts, Ask ask, NoticeKind kind) {
    return facts.told().stream()
        .filter(told -> told.kind() == kind && !told.at().isAfter(ask.at()))
        .filter(
            told ->
                told.address() == null
                    ? told.place() == ask.place()
                    : told.address().equals(ask.to()))
        .map(Told::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /**
   * The lawyer only: unless he lets us, or has not answered for some days (12 CFR
   * 1006.6(b)(2)(ii)).
   */
  static Word lawyer(Rule rule, Facts facts, Ask ask) {
    return DebtRules.untilFlagsEnd(facts, ask, later -> judgeLawyer(rule, facts, later));
  }

  private static Word judgeLawyer(Rule rule, Facts facts, Ask ask) {
    boolean known =
        DebtRules.isUp(facts, FlagKind.ATTORNEY, ask.at())
            || latest(facts, NoticeKind.LAWYER, ask.at()).isPresent();
    if (ask.purpose() == Purpose.LAWYER) {
      return known ? Word.YES : Word.no("no lawyer is known");
    }
    if (!known || latest(facts, NoticeKind.LAWYER_CONSENTS, ask.at()).isPresent()) {
      return Word.YES;
    }
    Instant heard = lawyerHeard(facts, ask.at());
    Instant written =
        facts.log().stream()
            .filter(
                met ->
                    met.isTo(Party.LAWYER)
                        && met.isConnected()
                        && !met.at().isAfter(ask.at())
                        && met.at().isAfter(heard))
            .map(Met::at)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return written == null
        ? Word.NEVER
        : Word.inEach(
            facts.zones(),
            zone -> {
              Instant open =
                  CallRules.start(
                      CallRules.day(written, zone).plusDays(rule.number("days") + 1L), zone);
              return ask.at().isBefore(open) ? Word.until(open) : Word.yes("the lawyer is silent");
            });
  }

  /** When the lawyer was last heard of; {@link Instant#MIN} for never. */
  private static Instant lawyerHeard(Facts facts, Instant at) {
    return facts.log().stream()
        .filter(
            met ->
                met.party() == Party.LAWYER
                    && met.direction() == Direction.IN
                    && !met.at().isAfter(at))
        .map(Met::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Nothing after a cease but three things, once each. */
  static Word cease(Rule rule, Facts facts, Ask ask) {
    return latest(facts, NoticeKind.CEASE, ask.at())
        .map(
            cease ->
                Word.noIf(
                    !rule.lists("once", ask.purpose())
                        || facts.log().stream()
                            .anyMatch(
                                met ->
                                    met.isTo(Party.PAYER)
                                        && met.purpose() == ask.purpose()
                                        && !met.at().isBefore(cease.at())
                                        && !met.at().isAfter(ask.at()))))
        .orElse(Word.YES);
  }

  /** To who speaks for the estate only, by name. */
  static Word deceased(Rule rule, Facts facts, Ask ask) {
    return DebtRules.untilFlagsEnd(
        facts,
        ask,
        later -> {
          boolean died = DebtRules.isUp(facts, FlagKind.DECEASED, later.at());
          if (later.purpose() != Purpose.ESTATE) {
            return Word.noIf(died);
          }
          return died && latest(facts, NoticeKind.ESTATE, later.at()).isPresent()
              ? Word.YES
              : Word.no("nobody is known who speaks for the estate");
        });
  }

  /**
   * Not a way that was refused: but one confirmation that it is, and one answer to each thing that
   * the person asks this way.
   */
  static Word refusedChannel(Rule rule, Facts facts, Ask ask) {
    Optional<Told> refusal =
        facts.told().stream()
            .filter(
                told ->
                    told.kind() == NoticeKind.REFUSED_CHANNEL
                        && !told.at().isAfter(ask.at())
                        && (told.channel() == null || told.channel() == ask.channel())
                        && (told.address() == null || told.address().equals(ask.to())))
            .max(Comparator.comparing(Told::at));
    if (refusal.isEmpty()) {
      return ask.purpose() == Purpose.CONFIRM_REFUSAL
          ? Word.no("there is nothing to confirm")
          : Word.YES;
    }
    return switch (ask.purpose()) {
      case CONFIRM_REFUSAL -> Word.noIf(said(facts, ask, refusal.get().at()));
      case ANSWER ->
          facts.log().stream()
              .filter(
                  met ->
                      met.direction() == Direction.IN
                          && met.party() == Party.PAYER
                          && met.channel() == ask.channel()
                          && met.at().isAfter(refusal.get().at())
                          && !met.at().isAfter(ask.at()))
              .map(Met::at)
              .max(Comparator.naturalOrder())
              .map(asked -> Word.noIf(said(facts, ask, asked)))
              .orElse(Word.NEVER);
      default -> Word.NEVER;
    };
  }

  /** Whether the same was said this way since. */
  private static boolean said(Facts facts, Ask ask, Instant since) {
    return facts.log().stream()
        .anyMatch(
            met ->
                met.isTo(Party.PAYER)
                    && met.channel() == ask.channel()
                    && met.purpose() == ask.purpose()
                    && !met.at().isBefore(since)
                    && !met.at().isAfter(ask.at()));
  }
}
