package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * How often somebody may be called: 12 CFR 1006.14(b), 940 CMR 7.04(1)(f). Days are those of the
 * person, in each zone where they may be.
 */
final class CallRules {
  private static final String CONSENT_DAYS = "consentDays";

  private CallRules() {}

  /**
   * At most {@code most} contacts in {@code days} days, that of the call being the last of them;
   * all of them count, answered or not, that reached the line.
   */
  static Word callsInDays(Rule rule, Facts facts, Ask ask) {
    if (!rule.lists("places", ask.place())) {
      return Word.YES;
    }
    return Word.inEach(
        facts.zones(),
        zone -> {
          if (isAgreedTo(rule, facts, ask.at(), zone)) {
            return Word.yes("they agreed to more calls");
          }
          int days = rule.number("days");
          LocalDate today = day(ask.at(), zone);
          List<LocalDate> counted =
              facts.log().stream()
                  .filter(met -> counts(rule, facts, met, zone))
                  .map(met -> day(met.at(), zone))
                  .toList();
          long made = inDays(counted, today, days);
          if (made < rule.number("most")) {
            return Word.yes("%d of %d in %d days".formatted(made, rule.number("most"), days));
          }
          LocalDate next = today;
          while (inDays(counted, next, days) >= rule.number("most")) {
            next = next.plusDays(1);
          }
          return Word.until(start(next, zone));
        });
  }

  private static long inDays(List<LocalDate> counted, LocalDate last, int days) {
    LocalDate first = last.minusDays(days - 1L);
    return counted.stream().filter(day -> !day.isBefore(first) && !day.isAfter(last)).count();
  }

  private static boolean counts(Rule rule, Facts facts, Met met, ZoneId zone) {
    return met.isTo(Party.PAYER)
        && met.isConnected()
        && rule.lists("counts", met.channel())
        && rule.lists("places", met.place())
        && !isAgreedTo(rule, facts, met.at(), zone);
  }

  /** No call in the days after a conversation, its own day being the first. */
  static Word afterConversation(Rule rule, Facts facts, Ask ask) {
    return Word.inEach(
        facts.zones(),
        zone -> {
          if (isAgreedTo(rule, facts, ask.at(), zone)) {
            return Word.yes("they agreed to more calls");
          }
          LocalDate today = day(ask.at(), zone);
          return facts.log().stream()
              .filter(met -> met.isConversation() && !met.at().isAfter(ask.at()))
              .map(Met::at)
              .max(Comparator.naturalOrder())
              .map(spoke -> day(spoke, zone).plusDays(rule.number("days")))
              .filter(open -> open.isAfter(today))
              .map(open -> Word.until(start(open, zone)))
              .orElse(Word.YES);
        });
  }

  /**
   * Whether a call is with consent: for some days from the one on which it was given, and until
   * they have spoken (12 CFR 1006.14(b)(3)(i)).
   */
  private static boolean isAgreedTo(Rule rule, Facts facts, Instant call, ZoneId zone) {
    return rule.is(CONSENT_DAYS)
        && facts.told().stream()
            .filter(told -> told.kind() == NoticeKind.CALL_CONSENT && !told.at().isAfter(call))
            .anyMatch(
                told ->
                    day(call, zone)
                            .isBefore(day(told.at(), zone).plusDays(rule.number(CONSENT_DAYS)))
                        && facts.log().stream()
                            .noneMatch(
                                met ->
                                    met.isConversation()
                                        && met.at().isAfter(told.at())
                                        && met.at().isBefore(call)));
  }

  static LocalDate day(Instant moment, ZoneId zone) {
    return moment.atZone(zone).toLocalDate();
  }

  static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
