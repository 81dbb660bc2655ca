package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.openrcm.account.FlagKind;

/**
 * The rules of contact read once more from the law, as simply as can be: it asks the clock on the
 * wall of every zone at every step and looks at every contact again. It knows neither the file of
 * rules nor anything of the firewall but the facts.
 */
final class ContactOracle {
  private static final Set<String> OPEN =
      Set.of(
          ("gmail.com yahoo.com outlook.com hotmail.com live.com msn.com icloud.com me.com aol.com"
                  + " protonmail.com proton.me gmx.com mail.com zoho.com comcast.net att.net"
                  + " verizon.net sbcglobal.net bellsouth.net cox.net charter.net")
              .split(" "));

  private final Facts facts;
  private final Ask ask;
  private final List<Check> checks = new ArrayList<>();
  private Instant now;

  /** A rule that has a say in what is asked, and whether it forbids it now. */
  private record Check(String rule, BooleanSupplier forbids) {}

  private ContactOracle(Facts facts, Ask ask) {
    this.facts = facts;
    this.ask = ask;
    this.now = ask.at();
    readTheLaw();
  }

  /** The ids of rules that forbid it at its moment. */
  static Set<String> forbids(Facts facts, Ask ask) {
    return new ContactOracle(facts, ask)
        .checks.stream()
            .filter(check -> check.forbids().getAsBoolean())
            .map(Check::rule)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The first moment at which nothing forbids it, looking at the clock every so many minutes. */
  static Instant next(Facts facts, Ask ask, int minutes, int days) {
    ContactOracle oracle = new ContactOracle(facts, ask);
    Instant end = ask.at().plusSeconds(days * 86_400L);
    long step = minutes * 60L;
    while (!oracle.now.isAfter(end)) {
      if (oracle.allows()) {
        return oracle.now;
      }
      oracle.now =
          Instant.ofEpochSecond((Math.floorDiv(oracle.now.getEpochSecond(), step) + 1) * step);
    }
    return null;
  }

  /** The first moment within so many days at which it is forbidden; null when there is none. */
  static Instant end(Facts facts, Ask ask, int minutes, int days) {
    ContactOracle oracle = new ContactOracle(facts, ask);
    Instant end = ask.at().plusSeconds(days * 86_400L);
    long step = minutes * 60L;
    while (!oracle.now.isAfter(end)) {
      if (!oracle.allows()) {
        return oracle.now;
      }
      oracle.now =
          Instant.ofEpochSecond((Math.floorDiv(oracle.now.getEpochSecond(), step) + 1) * step);
    }
    return null;
  }

  /** What said no a moment ago is asked first: it will say no again, mostly. */
  private boolean allows() {
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).forbids().getAsBoolean()) {
        checks.add(0, checks.remove(i));
        return false;
      }
    }
    return true;
  }

  static List<Long> visits(Facts facts, Ask ask) {
    return new ContactOracle(facts, ask).open();
  }

  private void readTheLaw() {
    boolean toPerson = ask.purpose() != Purpose.LAWYER && ask.purpose() != Purpose.ESTATE;
    boolean confirms = ask.purpose() == Purpose.CONFIRM_REFUSAL;
    boolean timed =
        ask.channel() == Channel.CALL
            || ask.channel() == Channel.TEXT
            || ask.channel() == Channel.EMAIL;
    if (ask.channel() == Channel.CALL && toPerson) {
      forbid("C1", this::tooManyCalls);
      forbid("C2", this::spokeLately);
    }
    if (timed) {
      forbid("C5", () -> night(toPerson));
      if (toPerson) {
        forbid("C6", () -> unwantedTime() || unwantedPlace());
      }
    }
    if (!confirms && ask.purpose() != Purpose.ESTATE) {
      forbid("C7", this::lawyerForbids);
    }
    if (ask.purpose() != Purpose.LAWYER) {
      forbid("C8", this::ceased);
      forbid("C26", this::estateForbids);
    }
    if (ask.channel() == Channel.TEXT && toPerson && !confirms) {
      forbid("C11", this::staleNumber);
    }
    if (ask.channel() == Channel.EMAIL && toPerson && !confirms && third()) {
      forbid("C12", this::emailNotTheirs);
    }
    if (toPerson && ask.purpose() != Purpose.VALIDATION_NOTICE) {
      forbid("C13", this::wayRefused);
    }
    boolean paper = ask.purpose() == Purpose.VALIDATION_NOTICE;
    if (third() && !paper && !confirms && ask.purpose() != Purpose.LAWYER) {
      forbid("C16", this::noticeIsLate);
    }
    if (third() && ask.purpose() == Purpose.DEMAND) {
      forbid("C20", this::periodRuns);
    }
    boolean answers =
        ask.purpose() == Purpose.VERIFICATION || ask.purpose() == Purpose.ANSWER || confirms;
    if (!answers && !paper) {
      forbid("C21", () -> flagged(FlagKind.DISPUTE));
      forbid("C22", () -> third() && known(NoticeKind.CREDITOR_ASKED));
    }
    if (toPerson && (ask.channel() == Channel.EMAIL || ask.channel() == Channel.TEXT)) {
      forbid("C27", this::cameBack);
    }
    if (toPerson && ask.channel() == Channel.EMAIL) {
      forbid("ARRIVES", this::addressFailed);
    }
    if (paper && (ask.channel() != Channel.MAIL && ask.channel() != Channel.CALL)) {
      forbid("C27", () -> !known(NoticeKind.ELECTRONIC_CONSENT));
    }
    if ((toPerson && ask.channel() == Channel.TEXT)
        || (toPerson && ask.channel() == Channel.CALL && ask.automatic())) {
      forbid("C29", this::noConsent);
    }
    if (ask.purpose() != Purpose.ANSWER && !confirms) {
      forbid("C30", this::stayed);
    }
    if (facts.states().contains("MA")
        && (ask.channel() == Channel.CALL || ask.channel() == Channel.TEXT)) {
      boolean counted = toPerson && !confirms && ask.purpose() != Purpose.ANSWER;
      forbid("C45", () -> night(false) || (counted && massachusetts()));
    }
    boolean asks = ask.purpose() == Purpose.COLLECT || ask.purpose() == Purpose.DEMAND;
    forbid("HELP", () -> asks && flagged(FlagKind.ASSISTANCE));
    forbid(
        "HOLD", () -> (asks || ask.purpose() == Purpose.REMIND_OF_PLAN) && flagged(FlagKind.HOLD));
    forbid(
        "OWED",
        () -> (asks || ask.purpose() == Purpose.REMIND_OF_PLAN) && facts.visits().isEmpty());
    if (toPerson) {
      forbid(
          "REACH",
          () -> ask.channel() == Channel.MAIL ? !facts.mailable() : timed && ask.to() == null);
    }
  }

  private void forbid(String rule, BooleanSupplier forbids) {
    checks.add(new Check(rule, forbids));
  }

  private boolean third() {
    return facts.role() == CollectorRole.THIRD_PARTY;
  }

  private boolean past(Instant moment) {
    return moment.compareTo(now) <= 0;
  }

  private boolean known(NoticeKind kind) {
    for (Told told : facts.told()) {
      if (told.kind() == kind && past(told.at())) {
        return true;
      }
    }
    return false;
  }

  private boolean hereFor(Told told) {
    return told.address() == null ? ask.to() == null : told.address().equals(ask.to());
  }

  private static long dayNumber(Instant moment, ZoneId zone) {
    return ZonedDateTime.ofInstant(moment, zone).toLocalDate().toEpochDay();
  }

  // 12 CFR 1006.14(b)

  private boolean agreed(Instant call, ZoneId zone) {
    for (Told told : facts.told()) {
      if (told.kind() != NoticeKind.CALL_CONSENT || told.at().isAfter(call)) {
        continue;
      }
      // the seventh day is the last
      boolean stands = dayNumber(call, zone) - dayNumber(told.at(), zone) <= 6;
      for (Met met : facts.log()) {
        if (talk(met) && met.at().isAfter(told.at()) && met.at().isBefore(call)) {
          stands = false;
        }
      }
      if (stands) {
        return true;
      }
    }
    return false;
  }

  private static boolean talk(Met met) {
    return met.channel() == Channel.CALL
        && met.party() == Party.PAYER
        && (met.outcome() == Outcome.SPOKE || met.outcome() == Outcome.DECLINED);
  }

  private static boolean reached(Met met) {
    return met.outcome() != Outcome.BUSY
        && met.outcome() != Outcome.NOT_CONNECTED
        && met.outcome() != Outcome.BOUNCED;
  }

  private boolean tooManyCalls() {
    for (ZoneId zone : facts.zones()) {
      if (agreed(now, zone)) {
        continue;
      }
      int calls = 0;
      for (Met met : facts.log()) {
        long ago = dayNumber(now, zone) - dayNumber(met.at(), zone);
        if (met.channel() == Channel.CALL
            && met.direction() == Direction.OUT
            && met.party() == Party.PAYER
            && reached(met)
            && ago >= 0
            && ago <= 6
            && !agreed(met.at(), zone)) {
          calls++;
        }
      }
      if (calls + 1 > 7) {
        return true;
      }
    }
    return false;
  }

  private boolean spokeLately() {
    for (ZoneId zone : facts.zones()) {
      if (agreed(now, zone)) {
        continue;
      }
      for (Met met : facts.log()) {
        if (talk(met) && past(met.at()) && dayNumber(now, zone) - dayNumber(met.at(), zone) <= 6) {
          return true;
        }
      }
    }
    return false;
  }

  // 940 CMR 7.04(1)(f)

  private boolean massachusetts() {
    boolean elsewhere = ask.place() == Place.WORK || ask.place() == Place.OTHER;
    int window = elsewhere ? 30 : 7;
    for (ZoneId zone : facts.zones()) {
      int begun = 0;
      for (Met met : facts.log()) {
        long ago = dayNumber(now, zone) - dayNumber(met.at(), zone);
        boolean there = met.place() == Place.WORK || met.place() == Place.OTHER;
        if ((met.channel() == Channel.CALL || met.channel() == Channel.TEXT)
            && met.direction() == Direction.OUT
            && met.party() == Party.PAYER
            && reached(met)
            && there == elsewhere
            && ago >= 0
            && ago < window) {
          begun++;
        }
      }
      if (begun >= 2) {
        return true;
      }
    }
    return false;
  }

  // 12 CFR 1006.6(b)

  /**
   * Whether it is night somewhere.
   *
   * @param consent whether the person may have agreed to it: Massachusetts does not ask them
   */
  private boolean night(boolean consent) {
    for (ZoneId zone : facts.zones()) {
      int hour = now.atZone(zone).getHour();
      if ((hour < 8 || hour >= 21) && !(consent && agreedTime(zone, null))) {
        return true;
      }
    }
    return false;
  }

  // 12 CFR 1006.6(b)(4)

  private boolean agreedTime(ZoneId zone, Instant since) {
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.AGREED_TO_TIMES
          && past(told.at())
          && (since == null || told.at().isAfter(since))
          && within(told, zone)) {
        return true;
      }
    }
    return false;
  }

  private boolean within(Told told, ZoneId zone) {
    ZonedDateTime wall = now.atZone(zone);
    int second = wall.toLocalTime().toSecondOfDay();
    int first = told.opens().toSecondOfDay();
    int end = told.closes().toSecondOfDay();
    boolean within;
    if (first == end) {
      within = true;
    } else if (first < end) {
      within = first <= second && second < end;
    } else {
      within = second >= first || second < end;
    }
    return within && (told.days().isEmpty() || told.days().contains(wall.getDayOfWeek()));
  }

  private boolean unwantedTime() {
    for (Told told : facts.told()) {
      if (told.kind() != NoticeKind.NOT_AT_TIMES || !past(told.at())) {
        continue;
      }
      for (ZoneId zone : facts.zones()) {
        if (within(told, zone) && !agreedTime(zone, told.at())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean unwantedPlace() {
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.NOT_AT_PLACE && past(told.at()) && ofThisPlace(told)) {
        boolean agreed = false;
        for (Told later : facts.told()) {
          agreed |=
              later.kind() == NoticeKind.AGREED_TO_PLACE
                  && past(later.at())
                  && later.at().isAfter(told.at())
                  && ofThisPlace(later);
        }
        if (!agreed) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean ofThisPlace(Told told) {
    return told.address() != null ? hereFor(told) : told.place() == ask.place();
  }

  private boolean lawyerForbids() {
    boolean has = up(FlagKind.ATTORNEY) || known(NoticeKind.LAWYER);
    if (ask.purpose() == Purpose.LAWYER) {
      return !has;
    }
    if (!has || known(NoticeKind.LAWYER_CONSENTS)) {
      return false;
    }
    Instant heard = null;
    for (Met met : facts.log()) {
      if (met.party() == Party.LAWYER
          && met.direction() == Direction.IN
          && past(met.at())
          && (heard == null || met.at().isAfter(heard))) {
        heard = met.at();
      }
    }
    // silent: something was sent since, and thirty whole days have passed everywhere
    for (Met met : facts.log()) {
      if (met.party() == Party.LAWYER
          && met.direction() == Direction.OUT
          && reached(met)
          && past(met.at())
          && (heard == null || met.at().isAfter(heard))) {
        boolean silent = true;
        for (ZoneId zone : facts.zones()) {
          silent &= dayNumber(now, zone) - dayNumber(met.at(), zone) > 30;
        }
        if (silent) {
          return false;
        }
      }
    }
    return true;
  }

  // 12 CFR 1006.6(c)

  private boolean ceased() {
    Instant last = null;
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.CEASE
          && past(told.at())
          && (last == null || told.at().isAfter(last))) {
        last = told.at();
      }
    }
    if (last == null) {
      return false;
    }
    if (!ask.purpose().name().startsWith("CEASE_")) {
      return true;
    }
    for (Met met : facts.log()) {
      if (met.direction() == Direction.OUT
          && met.party() == Party.PAYER
          && met.purpose() == ask.purpose()
          && past(met.at())
          && met.at().compareTo(last) >= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean estateForbids() {
    boolean died = up(FlagKind.DECEASED);
    return ask.purpose() == Purpose.ESTATE ? !(died && known(NoticeKind.ESTATE)) : died;
  }

  // 12 CFR 1006.6(d)

  private boolean theirsByUse(Met met) {
    return met.channel() == ask.channel()
        && met.direction() == Direction.IN
        && met.party() == Party.PAYER
        && past(met.at())
        && ask.to() != null
        && ask.to().equals(met.address());
  }

  private boolean staleNumber() {
    boolean theirs = false;
    List<Instant> fresh = new ArrayList<>();
    for (Met met : facts.log()) {
      if (theirsByUse(met)) {
        theirs = true;
        fresh.add(met.at());
      }
    }
    for (Told told : facts.told()) {
      if (past(told.at()) && hereFor(told)) {
        theirs |= told.kind() == NoticeKind.TEXT_CONSENT;
        if (told.kind() == NoticeKind.TEXT_CONSENT || told.kind() == NoticeKind.NUMBER_CHECKED) {
          fresh.add(told.at());
        }
      }
    }
    for (ZoneId zone : facts.zones()) {
      boolean recent = false;
      for (Instant one : fresh) {
        recent |= dayNumber(now, zone) - dayNumber(one, zone) <= 60;
      }
      theirs &= recent;
    }
    return !theirs;
  }

  private boolean emailNotTheirs() {
    for (Met met : facts.log()) {
      if (theirsByUse(met)) {
        return false;
      }
    }
    LocalDate notice = null;
    for (Told told : facts.told()) {
      if (past(told.at()) && hereFor(told)) {
        if (told.kind() == NoticeKind.EMAIL_GIVEN) {
          return false;
        }
        if (told.kind() == NoticeKind.EMAIL_NOTICE
            && (notice == null || told.on().isBefore(notice))) {
          notice = told.on();
        }
      }
    }
    if (notice == null || ask.to() == null || !OPEN.contains(ask.to().split("@")[1])) {
      return true;
    }
    for (ZoneId zone : facts.zones()) {
      if (dayNumber(now, zone) - notice.toEpochDay() < 35) {
        return true;
      }
    }
    return false;
  }

  // 12 CFR 1006.14(h)

  private boolean wayRefused() {
    Instant refused = null;
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.REFUSED_CHANNEL
          && past(told.at())
          && (told.channel() == null || told.channel() == ask.channel())
          && (told.address() == null || told.address().equals(ask.to()))
          && (refused == null || told.at().isAfter(refused))) {
        refused = told.at();
      }
    }
    if (ask.purpose() == Purpose.CONFIRM_REFUSAL) {
      return refused == null || toldSince(refused);
    }
    if (refused == null) {
      return false;
    }
    if (ask.purpose() != Purpose.ANSWER) {
      return true;
    }
    Instant question = null;
    for (Met met : facts.log()) {
      if (met.direction() == Direction.IN
          && met.party() == Party.PAYER
          && met.channel() == ask.channel()
          && past(met.at())
          && met.at().isAfter(refused)
          && (question == null || met.at().isAfter(question))) {
        question = met.at();
      }
    }
    return question == null || toldSince(question);
  }

  private boolean toldSince(Instant since) {
    for (Met met : facts.log()) {
      if (met.direction() == Direction.OUT
          && met.party() == Party.PAYER
          && met.channel() == ask.channel()
          && met.purpose() == ask.purpose()
          && past(met.at())
          && met.at().compareTo(since) >= 0) {
        return true;
      }
    }
    return false;
  }

  // 12 CFR 1006.34, 1006.38

  private List<LocalDate> notices() {
    List<LocalDate> days = new ArrayList<>();
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.VALIDATION_SENT && past(told.at())) {
        days.add(told.on());
      }
    }
    for (Met met : facts.log()) {
      if (met.direction() == Direction.OUT
          && met.party() == Party.PAYER
          && met.purpose() == Purpose.VALIDATION_NOTICE
          && met.outcome() == Outcome.SENT
          && past(met.at())) {
        days.add(met.at().atZone(facts.home()).toLocalDate());
      }
    }
    return days;
  }

  private boolean noticeIsLate() {
    if (!notices().isEmpty()) {
      return false;
    }
    for (Met met : facts.log()) {
      boolean told =
          talk(met)
              || (met.party() == Party.PAYER
                  && met.direction() == Direction.OUT
                  && met.outcome() == Outcome.SENT);
      for (ZoneId zone : facts.zones()) {
        if (told && past(met.at()) && dayNumber(now, zone) - dayNumber(met.at(), zone) >= 6) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean periodRuns() {
    List<LocalDate> sent = notices();
    if (sent.isEmpty()) {
      return true;
    }
    for (LocalDate day : sent) {
      LocalDate receipt = day;
      for (int working = 0; working < 5; ) {
        receipt = receipt.plusDays(1);
        boolean weekend =
            receipt.getDayOfWeek() == DayOfWeek.SATURDAY
                || receipt.getDayOfWeek() == DayOfWeek.SUNDAY;
        if (!weekend && !holiday(receipt)) {
          working++;
        }
      }
      for (ZoneId zone : facts.zones()) {
        if (dayNumber(now, zone) <= receipt.toEpochDay() + 30) {
          return true;
        }
      }
    }
    return false;
  }

  /** 5 USC 6103(a), by which Monday or Thursday of its month a day is. */
  static boolean holiday(LocalDate day) {
    int date = day.getDayOfMonth();
    int week = (date - 1) / 7 + 1;
    boolean monday = day.getDayOfWeek() == DayOfWeek.MONDAY;
    Month month = day.getMonth();
    return switch (month) {
      case JANUARY -> date == 1 || (monday && week == 3);
      case FEBRUARY -> monday && week == 3;
      case MAY -> monday && date + 7 > 31;
      case JUNE -> date == 19 && day.getYear() >= 2021;
      case JULY -> date == 4;
      case SEPTEMBER -> monday && week == 1;
      case OCTOBER -> monday && week == 2;
      case NOVEMBER -> date == 11 || (day.getDayOfWeek() == DayOfWeek.THURSDAY && week == 4);
      case DECEMBER -> date == 25;
      default -> false;
    };
  }

  // flags, bankruptcy

  private boolean holds(Facts.Raised flag) {
    return flag.until() == null
        || now.atZone(facts.home()).toLocalDate().compareTo(flag.until()) <= 0;
  }

  private boolean up(FlagKind kind) {
    for (Facts.Raised flag : facts.flags()) {
      if (flag.kind() == kind && holds(flag)) {
        return true;
      }
    }
    return false;
  }

  private List<Long> open() {
    List<Long> open = new ArrayList<>();
    for (Facts.Visit visit : facts.visits()) {
      boolean mayBe = true;
      for (Facts.Raised flag : facts.flags()) {
        if (flag.claim() != null && flag.claim() == visit.claim() && holds(flag)) {
          mayBe = false;
        }
      }
      for (Told told : facts.told()) {
        if (told.kind() == NoticeKind.BANKRUPTCY
            && past(told.at())
            && visit.day().compareTo(told.on()) <= 0) {
          mayBe = false;
        }
      }
      if (mayBe) {
        open.add(visit.claim());
      }
    }
    return open;
  }

  private boolean flagged(FlagKind kind) {
    for (Facts.Raised flag : facts.flags()) {
      if (flag.kind() == kind && holds(flag) && (flag.claim() == null || open().isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private boolean stayed() {
    boolean petition = false;
    boolean some = false;
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.BANKRUPTCY && past(told.at())) {
        petition = true;
        for (Facts.Visit visit : facts.visits()) {
          some |= visit.day().compareTo(told.on()) <= 0;
        }
      }
    }
    return petition ? some && open().isEmpty() : up(FlagKind.BANKRUPTCY);
  }

  // 12 CFR 1006.42, 47 CFR 64.1200

  private boolean cameBack() {
    Instant back = null;
    Instant again = null;
    for (Met met : facts.log()) {
      boolean same = met.address() == null ? ask.to() == null : met.address().equals(ask.to());
      if (met.channel() == ask.channel()
          && met.outcome() == Outcome.BOUNCED
          && same
          && past(met.at())
          && (back == null || met.at().isAfter(back))) {
        back = met.at();
      }
      if (met.channel() == ask.channel()
          && met.direction() == Direction.IN
          && met.party() == Party.PAYER
          && same
          && past(met.at())
          && (again == null || met.at().isAfter(again))) {
        again = met.at();
      }
    }
    for (Told told : facts.told()) {
      if ((told.kind() == NoticeKind.EMAIL_GIVEN || told.kind() == NoticeKind.TEXT_CONSENT)
          && past(told.at())
          && hereFor(told)
          && (again == null || told.at().isAfter(again))) {
        again = told.at();
      }
    }
    return back != null && (again == null || back.isAfter(again));
  }

  private boolean addressFailed() {
    for (Told failed : facts.told()) {
      if (failed.kind() == NoticeKind.EMAIL_FAILED && past(failed.at()) && hereFor(failed)) {
        boolean again = false;
        for (Met met : facts.log()) {
          again |= theirsByUse(met) && met.at().compareTo(failed.at()) >= 0;
        }
        for (Told told : facts.told()) {
          again |=
              (told.kind() == NoticeKind.EMAIL_GIVEN || told.kind() == NoticeKind.TEXT_CONSENT)
                  && past(told.at())
                  && hereFor(told)
                  && told.at().compareTo(failed.at()) >= 0;
        }
        if (!again) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean noConsent() {
    boolean all = now.atZone(facts.home()).toLocalDate().compareTo(LocalDate.of(2027, 1, 31)) >= 0;
    Purpose about =
        ask.purpose() == Purpose.REMIND_OF_PLAN ? Purpose.REMIND_OF_PLAN : Purpose.COLLECT;
    if (ask.purpose() == Purpose.CONFIRM_REFUSAL) {
      for (Told told : facts.told()) {
        if (told.kind() == NoticeKind.REVOKED
            && past(told.at())
            && hereFor(told)
            && now.toEpochMilli() - told.at().toEpochMilli() <= 300_000) {
          return false;
        }
      }
      return true;
    }
    for (Told consent : facts.told()) {
      boolean fits =
          consent.kind()
                  == (ask.channel() == Channel.TEXT
                      ? NoticeKind.TEXT_CONSENT
                      : NoticeKind.AUTOMATIC_CONSENT)
              && past(consent.at())
              && hereFor(consent)
              && (consent.purpose() == null || consent.purpose() == about);
      for (Told end : facts.told()) {
        if (end.kind() == NoticeKind.REVOKED
            && past(end.at())
            && hereFor(end)
            && end.at().compareTo(consent.at()) >= 0
            && (all
                || ((end.channel() == null || end.channel() == ask.channel())
                    && (end.purpose() == null || end.purpose() == about)))) {
          fits = false;
        }
      }
      if (fits) {
        return false;
      }
    }
    return true;
  }
}
