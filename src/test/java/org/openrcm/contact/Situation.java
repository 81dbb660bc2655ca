package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openrcm.account.FlagKind;

/**
 * What is known of an account, as a test tells it: one visit of January 5, 2026, a number and an
 * e-mail address in New York, texts agreed to, nothing that forbids.
 */
final class Situation {
  static final String NUMBER = "2125550142";
  static final String EMAIL = "tansy@gmail.com";

  /** A moment at which calls are allowed, as {@link #at} takes it. */
  static final String MONDAY = "2026-03-16T10:00";

  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  CollectorRole role = CollectorRole.FIRST_PARTY;
  ZoneId home = NEW_YORK;
  final Set<ZoneId> zones = new LinkedHashSet<>(Set.of(NEW_YORK));
  final Set<String> states = new LinkedHashSet<>(Set.of("NY"));
  boolean mailable = true;
  final List<Facts.Visit> visits =
      new ArrayList<>(List.of(new Facts.Visit(1, LocalDate.of(2026, 1, 5))));
  final List<Facts.Raised> flags = new ArrayList<>();
  final List<Told> told = new ArrayList<>();
  final List<Met> log = new ArrayList<>();
  Place place = Place.UNKNOWN;

  Facts facts() {
    return new Facts(
        role,
        home,
        Set.copyOf(zones),
        Set.copyOf(states),
        mailable,
        List.copyOf(visits),
        List.copyOf(flags),
        List.copyOf(told),
        List.copyOf(log));
  }

  /** A moment in New York, such as {@code 2026-03-04T10:00}. */
  static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(NEW_YORK).toInstant();
  }

  Situation in(String... names) {
    zones.clear();
    for (String name : names) {
      zones.add(ZoneId.of(name));
    }
    return this;
  }

  Situation as(CollectorRole other) {
    role = other;
    return this;
  }

  Situation of(String state) {
    states.clear();
    states.add(state);
    return this;
  }

  Situation told(Told one) {
    told.add(one);
    return this;
  }

  Situation told(NoticeKind kind, String at) {
    return told(Told.of(kind, at(at)));
  }

  Situation flag(FlagKind kind, Long claim) {
    flags.add(new Facts.Raised(kind, claim, null));
    return this;
  }

  Situation textsAgreed(String at) {
    return told(Told.of(NoticeKind.TEXT_CONSENT, at(at)).at(NUMBER));
  }

  Situation call(Direction direction, Outcome outcome, String at) {
    return met(Channel.CALL, direction, outcome, Purpose.COLLECT, Party.PAYER, at);
  }

  Situation called(String... days) {
    for (String day : days) {
      call(Direction.OUT, Outcome.NO_ANSWER, day + "T10:00");
    }
    return this;
  }

  Situation met(
      Channel channel,
      Direction direction,
      Outcome outcome,
      Purpose purpose,
      Party party,
      String at) {
    String address = channel == Channel.EMAIL ? EMAIL : channel.isByPhone() ? NUMBER : null;
    log.add(new Met(channel, direction, outcome, purpose, party, address, place, at(at)));
    return this;
  }

  Situation sent(Channel channel, Purpose purpose, String at) {
    return met(channel, Direction.OUT, Outcome.SENT, purpose, purpose.party(), at);
  }

  Situation received(Channel channel, String at) {
    return met(channel, Direction.IN, Outcome.RECEIVED, Purpose.ANSWER, Party.PAYER, at);
  }

  Ask ask(Channel channel, Purpose purpose, Instant at) {
    String to =
        purpose.party() != Party.PAYER
            ? null
            : channel == Channel.EMAIL ? EMAIL : channel.isByPhone() ? NUMBER : null;
    return new Ask(channel, purpose, to, place, false, at);
  }

  Verdict decide(Channel channel, Purpose purpose, Instant at) {
    return Firewall.decide(facts(), ask(channel, purpose, at), Rules.all());
  }

  Verdict decide(Channel channel, Purpose purpose, String at) {
    return decide(channel, purpose, at(at));
  }

  boolean allows(Channel channel, Purpose purpose, String at) {
    return decide(channel, purpose, at).allowed();
  }

  boolean allowsCall(String at) {
    return allows(Channel.CALL, Purpose.COLLECT, at);
  }

  /** The ids of the rules that forbid it. */
  List<String> forbids(Channel channel, Purpose purpose, String at) {
    return decide(channel, purpose, at).rulings().stream()
        .filter(ruling -> !ruling.allows())
        .map(Ruling::rule)
        .distinct()
        .toList();
  }

  Instant next(Channel channel, Purpose purpose, String at) {
    return decide(channel, purpose, at).nextAllowed();
  }
}
