package org.openrcm.contact;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What needs a person's consent, and an address that is theirs. */
final class ConsentRules {
  private ConsentRules() {}

  private static Stream<Told> told(Facts facts, Ask ask, NoticeKind kind) {
    return facts.told().stream()
        .filter(
            told ->
                told.kind() == kind
                    && !told.at().isAfter(ask.at())
                    && Objects.equals(told.address(), ask.to()));
  }

  private static Stream<Instant> received(Facts facts, Ask ask) {
    return facts.log().stream()
        .filter(
            met ->
                met.channel() == ask.channel()
                    && met.direction() == Direction.IN
                    && met.party() == Party.PAYER
                    && Objects.equals(met.address(), ask.to())
                    && !met.at().isAfter(ask.at()))
        .map(Met::at);
  }

  /**
   * A text needs that the person used the number for texts with us, or agreed to it, and that this
   * was, or that the number was looked up, at most some days ago (12 CFR 1006.6(d)(5)).
   */
  static Word textFresh(Rule rule, Facts facts, Ask ask) {
    List<Instant> theirs =
        Stream.concat(told(facts, ask, NoticeKind.TEXT_CONSENT).map(Told::at), received(facts, ask))
            .toList();
    if (theirs.isEmpty()) {
      return Word.no("nobody agreed to texts at this number");
    }
    Instant last =
        Stream.concat(theirs.stream(), told(facts, ask, NoticeKind.NUMBER_CHECKED).map(Told::at))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Word.inEach(
        facts.zones(),
        zone -> {
          LocalDate until = CallRules.day(last, zone).plusDays(rule.number("days"));
          return Word.noIf(CallRules.day(ask.at(), zone).isAfter(until));
        });
  }

  /**
   * Texts, and calls that a machine dials, need a consent for this number and this purpose that was
   * not taken back (47 CFR 64.1200(a)(1), (10)); the one text that confirms this goes out within
   * minutes (a)(12).
   */
  static Word consent(Rule rule, Facts facts, Ask ask) {
    if (ask.channel() == Channel.CALL && !ask.automatic()) {
      return Word.YES;
    }
    Predicate<Told> covers =
        told ->
            rule.is("all")
                || ((told.channel() == null || told.channel() == ask.channel())
                    && (told.purpose() == null || told.purpose() == ask.purpose().consented()));
    if (ask.purpose() == Purpose.CONFIRM_REFUSAL) {
      Instant latest =
          told(facts, ask, NoticeKind.REVOKED)
              .map(Told::at)
              .max(Comparator.naturalOrder())
              .orElse(Instant.MIN);
      return Word.noIf(
          latest.equals(Instant.MIN)
              || Duration.between(latest, ask.at())
                      .compareTo(Duration.ofMinutes(rule.number("confirmMinutes")))
                  > 0);
    }
    Instant end =
        told(facts, ask, NoticeKind.REVOKED)
            .filter(covers)
            .map(Told::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    NoticeKind kind =
        ask.channel() == Channel.TEXT ? NoticeKind.TEXT_CONSENT : NoticeKind.AUTOMATIC_CONSENT;
    return Word.noIf(
        told(facts, ask, kind)
            .noneMatch(
                told ->
                    told.at().isAfter(end)
                        && (told.purpose() == null
                            || told.purpose() == ask.purpose().consented())));
  }

  /**
   * An e-mail address of the creditor's needs a notice and its days to say no, and a domain that is
   * open to the public; one that the person gave or used needs nothing (12 CFR 1006.6(d)(4)).
   */
  static Word emailOrigin(Rule rule, Facts facts, Ask ask) {
    if (told(facts, ask, NoticeKind.EMAIL_GIVEN).findAny().isPresent()
        || received(facts, ask).findAny().isPresent()) {
      return Word.YES;
    }
    LocalDate sent =
        told(facts, ask, NoticeKind.EMAIL_NOTICE)
            .map(Told::on)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    if (sent == null || !isOpenToAll(rule, ask.to())) {
      return Word.no(sent == null ? "no notice was sent" : "the domain may be an employer's");
    }
    return Word.inEach(
        facts.zones(),
        zone -> {
          Instant open = CallRules.start(sent.plusDays(rule.number("days")), zone);
          return ask.at().isBefore(open) ? Word.until(open) : Word.YES;
        });
  }

  private static boolean isOpenToAll(Rule rule, @Nullable String address) {
    return address != null
        && List.of(rule.text("open").split(" "))
            .contains(address.substring(address.indexOf('@') + 1));
  }

  /** What the law has given in writing goes out electronically with consent only. */
  static Word electronic(Rule rule, Facts facts, Ask ask) {
    return Word.noIf(PersonRules.latest(facts, NoticeKind.ELECTRONIC_CONSENT, ask.at()).isEmpty());
  }

  /** Nothing more to where the last one did not arrive, until the person uses or gives it again. */
  static Word bounced(Rule rule, Facts facts, Ask ask) {
    Instant back =
        facts.log().stream()
            .filter(
                met ->
                    met.channel() == ask.channel()
                        && met.outcome() == Outcome.BOUNCED
                        && Objects.equals(met.address(), ask.to())
                        && !met.at().isAfter(ask.at()))
            .map(Met::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return Word.noIf(back.isAfter(again(facts, ask)));
  }

  /** When the person last used the address that is asked for, or gave it. */
  private static Instant again(Facts facts, Ask ask) {
    return Stream.concat(
            received(facts, ask),
            Stream.of(NoticeKind.EMAIL_GIVEN, NoticeKind.TEXT_CONSENT)
                .flatMap(kind -> told(facts, ask, kind))
                .map(Told::at))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Nothing more to where a bill did not arrive either. */
  static Word failedAddress(Rule rule, Facts facts, Ask ask) {
    Instant failed =
        told(facts, ask, NoticeKind.EMAIL_FAILED)
            .map(Told::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return Word.noIf(failed.isAfter(again(facts, ask)));
  }

  static Word reachable(Rule rule, Facts facts, Ask ask) {
    return Word.noIf(ask.channel() == Channel.MAIL ? !facts.mailable() : ask.to() == null);
  }
}
