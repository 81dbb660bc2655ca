package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.openrcm.account.FlagKind;

/** Made-up facts and a question, near the days on which rules and clocks change. */
final class RandomHistory {
  private static final String[] ZONES = {
    "America/New_York",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Boise",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Indiana/Indianapolis"
  };
  // changes of the clock, holidays, the switch of consents, and days like any other
  private static final String[] DAYS = {
    "2026-03-08",
    "2026-11-01",
    "2027-03-14",
    "2027-01-31",
    "2026-11-26",
    "2026-12-25",
    "2026-06-19",
    "2026-09-15"
  };
  private static final String[] NUMBERS = {"2125550142", "6175550110"};
  private static final String[] EMAILS = {"tansy@gmail.com", "tansy@quillbyworks.example"};

  private final Random dice;
  private final boolean everyMinute;
  final Facts facts;
  final Ask ask;

  private RandomHistory(long seed) {
    this.dice = new Random(seed);
    this.everyMinute = dice.nextInt(16) == 0;
    Instant at =
        LocalDate.parse(DAYS[dice.nextInt(DAYS.length)])
            .atStartOfDay(ZoneId.of("America/Chicago"))
            .toInstant()
            .plusSeconds(60L * (dice.nextInt(16 * 24 * 60) - 8 * 24 * 60));
    Channel channel = Channel.values()[dice.nextInt(Channel.values().length)];
    Purpose purpose =
        dice.nextInt(3) > 0
            ? Purpose.COLLECT
            : Purpose.values()[dice.nextInt(Purpose.values().length)];
    boolean elsewhere = dice.nextInt(4) == 0;
    Place place = elsewhere ? place() : Place.UNKNOWN;
    this.ask =
        new Ask(
            channel,
            purpose,
            purpose.party() == Party.PAYER && dice.nextInt(12) > 0 ? address(channel, 4) : null,
            place,
            dice.nextInt(6) == 0,
            at);
    this.facts = facts(at);
  }

  static RandomHistory of(long seed) {
    return new RandomHistory(seed);
  }

  /** In minutes: how fine its times are. */
  int grain() {
    return everyMinute ? 1 : 15;
  }

  private Place place() {
    return Place.values()[dice.nextInt(Place.values().length)];
  }

  private String address(Channel channel, int usual) {
    String[] all = channel == Channel.EMAIL ? EMAILS : NUMBERS;
    return channel.isByPhone() || channel == Channel.EMAIL
        ? all[dice.nextInt(usual) == 0 ? 1 : 0]
        : null;
  }

  private Instant before(Instant at, int days) {
    return at.minusSeconds(60L * dice.nextInt(days * 24 * 60));
  }

  private Facts facts(Instant at) {
    Set<ZoneId> zones = new HashSet<>();
    for (int i = 1 + dice.nextInt(4) / 2; i > 0; i--) {
      zones.add(ZoneId.of(ZONES[dice.nextInt(ZONES.length)]));
    }
    LocalDate today = at.atZone(ZoneId.of("America/Chicago")).toLocalDate();
    List<Facts.Visit> visits = new ArrayList<>();
    for (int i = dice.nextInt(8) == 0 ? 0 : 1 + dice.nextInt(3); i > 0; i--) {
      visits.add(new Facts.Visit(i, today.minusDays(30 + dice.nextInt(20))));
    }
    List<Facts.Raised> flags = new ArrayList<>();
    for (int i = dice.nextInt(5) - 2; i > 0; i--) {
      FlagKind kind = FlagKind.values()[dice.nextInt(FlagKind.values().length)];
      flags.add(
          new Facts.Raised(
              kind,
              kind.isForVisit() && dice.nextBoolean() ? 1L + dice.nextInt(3) : null,
              dice.nextBoolean() ? today.plusDays(dice.nextInt(16)) : null));
    }
    List<Told> told = new ArrayList<>();
    for (int i = dice.nextInt(8) - 2; i > 0; i--) {
      told.add(told(at, today));
    }
    if (dice.nextInt(3) > 0) {
      told.add(Told.of(NoticeKind.TEXT_CONSENT, before(at, 70)).at(NUMBERS[0]));
    }
    List<Met> log = new ArrayList<>();
    for (int i = dice.nextInt(12) - 2; i > 0; i--) {
      log.add(met(at, dice.nextBoolean() ? 9 : 40));
    }
    if (dice.nextInt(4) == 0) {
      // somebody who was called again and again
      for (int i = 5 + dice.nextInt(6); i > 0; i--) {
        log.add(
            new Met(
                Channel.CALL,
                Direction.OUT,
                dice.nextInt(5) == 0 ? Outcome.BUSY : Outcome.NO_ANSWER,
                Purpose.COLLECT,
                Party.PAYER,
                NUMBERS[0],
                Place.UNKNOWN,
                before(at, 8)));
      }
    }
    return new Facts(
        CollectorRole.values()[dice.nextInt(CollectorRole.values().length)],
        ZoneId.of(ZONES[dice.nextInt(ZONES.length)]),
        zones,
        Set.of(dice.nextInt(3) == 0 ? "MA" : "TX"),
        dice.nextInt(8) > 0,
        visits,
        flags,
        told,
        log);
  }

  private Told told(Instant at, LocalDate today) {
    // those that close everything for good come seldom
    NoticeKind kind = NoticeKind.values()[dice.nextInt(NoticeKind.values().length)];
    if (Set.of(NoticeKind.CEASE, NoticeKind.LAWYER, NoticeKind.CREDITOR_ASKED).contains(kind)
        && dice.nextBoolean()) {
      kind = NoticeKind.NOT_AT_TIMES;
    }
    Told told = Told.of(kind, before(at, kind == NoticeKind.CALL_CONSENT ? 9 : 65));
    return switch (kind) {
      case TEXT_CONSENT, AUTOMATIC_CONSENT -> told.at(address(Channel.CALL, 4)).about(consented());
      case NUMBER_CHECKED, NUMBER_IS -> told.at(address(Channel.CALL, 4));
      case REVOKED -> {
        Told end =
            (dice.nextInt(3) == 0 ? Told.of(kind, at.minusSeconds(60L * dice.nextInt(8))) : told)
                .at(address(Channel.CALL, 4))
                .about(consented());
        yield dice.nextInt(3) == 0 ? end.by(Channel.CALL) : end;
      }
      case REFUSED_CHANNEL -> {
        Channel channel = Channel.values()[dice.nextInt(Channel.values().length)];
        Told refused = dice.nextInt(6) == 0 ? told : told.by(channel);
        String address = address(channel, 2);
        yield dice.nextBoolean() || address == null ? refused : refused.at(address);
      }
      case NOT_AT_TIMES, AGREED_TO_TIMES -> told.from(time(), time(), week());
      case NOT_AT_PLACE, AGREED_TO_PLACE ->
          dice.nextBoolean() ? told.there(place()) : told.at(address(Channel.CALL, 2));
      case EMAIL_GIVEN, EMAIL_FAILED -> told.at(address(Channel.EMAIL, 2));
      case EMAIL_NOTICE ->
          told.at(address(Channel.EMAIL, 4)).on(today.minusDays(28 + dice.nextInt(14)));
      case BANKRUPTCY -> told.on(today.minusDays(28 + dice.nextInt(24)));
      case VALIDATION_SENT, ACTION_NOTICE, SPOKE_OF_HELP ->
          told.on(today.minusDays(dice.nextInt(45)));
      default -> told;
    };
  }

  private Purpose consented() {
    return switch (dice.nextInt(4)) {
      case 0 -> Purpose.REMIND_OF_PLAN;
      case 1 -> Purpose.COLLECT;
      default -> null;
    };
  }

  private LocalTime time() {
    int minutes = dice.nextInt(24 * 60);
    return LocalTime.ofSecondOfDay(60L * (everyMinute ? minutes : minutes / 15 * 15));
  }

  private Set<DayOfWeek> week() {
    Set<DayOfWeek> week = new HashSet<>();
    for (int i = dice.nextInt(7) - 3; i > 0; i--) {
      week.add(DayOfWeek.of(1 + dice.nextInt(7)));
    }
    return week;
  }

  private Met met(Instant at, int days) {
    Channel channel =
        dice.nextInt(3) > 0
            ? Channel.CALL
            : Channel.values()[dice.nextInt(Channel.values().length)];
    Direction direction = dice.nextInt(4) == 0 ? Direction.IN : Direction.OUT;
    Outcome outcome;
    do {
      outcome = Outcome.values()[dice.nextInt(Outcome.values().length)];
    } while (!outcome.fits(channel, direction));
    Purpose purpose =
        dice.nextInt(3) == 0
            ? Purpose.values()[dice.nextInt(Purpose.values().length)]
            : Purpose.COLLECT;
    Party party = dice.nextInt(6) == 0 ? Party.values()[dice.nextInt(4)] : Party.PAYER;
    return new Met(
        channel,
        direction,
        outcome,
        purpose,
        party,
        address(channel, 5),
        dice.nextInt(4) == 0 ? place() : Place.UNKNOWN,
        before(at, days));
  }
}
