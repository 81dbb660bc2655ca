package org.openrcm.contact;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.account.Seen;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what is known of accounts: of many in as many queries as of one. */
@Component
class Gathering {
  private static final Set<NoticeKind> OF_NUMBERS =
      Set.of(
          NoticeKind.TEXT_CONSENT,
          NoticeKind.AUTOMATIC_CONSENT,
          NoticeKind.NUMBER_IS,
          NoticeKind.EMAIL_GIVEN,
          NoticeKind.EMAIL_NOTICE);

  private final JdbcClient sql;
  private final Settings settings;
  private final Portraits portraits;
  private final PatientBalances balances;
  private final Flags flags;
  private final Notices notices;
  private final ContactLog log;
  private final Clock clock;

  Gathering(
      JdbcClient sql,
      Settings settings,
      Portraits portraits,
      PatientBalances balances,
      Flags flags,
      Notices notices,
      ContactLog log,
      Clock clock) {
    this.sql = sql;
    this.settings = settings;
    this.portraits = portraits;
    this.balances = balances;
    this.flags = flags;
    this.notices = notices;
    this.log = log;
    this.clock = clock;
  }

  /** By account number; each account that was asked for is there. */
  Map<Long, Known> of(Collection<Long> accounts) {
    Setting setting = settings.current();
    Map<Long, Portrait> people = portraits.of(accounts);
    Map<Long, Owed> owed = balances.of(accounts);
    Map<Long, List<Flag>> raised = flags.of(accounts);
    Map<Long, List<Contact>> met = log.of(accounts);
    Map<Long, List<Told>> told = new HashMap<>();
    for (Notice notice : notices.of(accounts)) {
      if (notice.lifted() == null) {
        told.computeIfAbsent(notice.account(), key -> new ArrayList<>()).add(notice.told());
      }
    }
    Map<Long, List<Known.Point>> points = new HashMap<>();
    Set<String> addresses = new TreeSet<>();
    for (Long account : accounts) {
      List<Known.Point> each = points(people.get(account), told.getOrDefault(account, List.of()));
      points.put(account, each);
      each.forEach(point -> addresses.add(point.address()));
    }
    Map<String, List<Told>> refusals = new HashMap<>();
    for (Notice refusal : notices.refusals(addresses)) {
      refusals
          .computeIfAbsent(
              Objects.requireNonNull(refusal.told().address()), key -> new ArrayList<>())
          .add(refusal.told());
    }
    LocalDate today = LocalDate.now(clock);
    Map<Long, Known> known = new LinkedHashMap<>();
    for (Long account : accounts) {
      List<Known.Point> reached = points.getOrDefault(account, List.of());
      Set<Told> all = new LinkedHashSet<>(told.getOrDefault(account, List.of()));
      reached.forEach(point -> all.addAll(refusals.getOrDefault(point.address(), List.of())));
      List<Flag> up =
          raised.getOrDefault(account, List.of()).stream()
              .filter(flag -> flag.holdsOn(today))
              .toList();
      known.put(
          account,
          new Known(
              facts(
                  setting,
                  people.get(account),
                  Objects.requireNonNull(owed.get(account)),
                  up,
                  List.copyOf(all),
                  reached,
                  met.getOrDefault(account, List.of())),
              reached));
    }
    return known;
  }

  /** What a debt collector says of itself, first or later; empty for others. */
  String disclosure(long account, String language) {
    Setting setting = settings.current();
    Facts facts = Objects.requireNonNull(of(List.of(account)).get(account)).facts();
    boolean first = facts.log().stream().noneMatch(DebtRules::isCommunication);
    return Scripts.disclosure(setting.role(), first, language).replace("{agent}", setting.agent());
  }

  /** What counts for steps beyond asking. */
  StepRules.StepFacts steps(long account) {
    Facts facts = Objects.requireNonNull(of(List.of(account)).get(account)).facts();
    Map<Long, LocalDate> firstBills = new HashMap<>();
    sql.sql(
            """
            select v.claim_number, min(s.issued_on) from statement s
            join statement_visit v on v.statement_number = s.number
            where s.account_number = ? group by 1
            """)
        .param(account)
        .query(
            row -> {
              firstBills.put(
                  row.getLong(1), Objects.requireNonNull(row.getObject(2, LocalDate.class)));
            });
    LocalDate today = LocalDate.now(clock);
    return new StepRules.StepFacts(
        settings.current().hospital(),
        facts.home(),
        facts.states(),
        facts.visits(),
        firstBills,
        facts.flags(),
        flags.of(List.of(account)).getOrDefault(account, List.of()).stream()
            .filter(flag -> flag.kind() == FlagKind.ASSISTANCE && flag.holdsOn(today))
            .map(Flag::raised)
            .toList(),
        facts.told(),
        facts.log());
  }

  private static Seen.@Nullable Person payer(@Nullable Portrait portrait) {
    if (portrait == null) {
      return null;
    }
    return portrait.guarantor() == null ? portrait.patient() : portrait.guarantor();
  }

  /** The payer's own number and address first, then what was told of more. */
  private static List<Known.Point> points(@Nullable Portrait portrait, List<Told> told) {
    Seen.Person payer = payer(portrait);
    Map<String, Place> places = new LinkedHashMap<>();
    Stream.of(
            Addresses.phone(payer == null ? null : payer.phone()),
            Addresses.email(portrait == null ? null : portrait.email()))
        .filter(Objects::nonNull)
        .forEach(address -> places.put(Objects.requireNonNull(address), Place.UNKNOWN));
    for (Told each : told) {
      if (OF_NUMBERS.contains(each.kind()) && each.address() != null) {
        Place place = each.place() == null ? Place.UNKNOWN : each.place();
        // the latest comes first, and what it said of the place stays
        places.merge(each.address(), place, (now, older) -> now == Place.UNKNOWN ? older : now);
      }
    }
    List<Known.Point> points = new ArrayList<>();
    places.forEach((address, place) -> points.add(new Known.Point(address, place)));
    return List.copyOf(points);
  }

  private static Facts facts(
      Setting setting,
      @Nullable Portrait portrait,
      Owed owed,
      List<Flag> up,
      List<Told> told,
      List<Known.Point> points,
      List<Contact> met) {
    Seen.Person payer = payer(portrait);
    List<String> numbers =
        points.stream().map(Known.Point::address).filter(each -> each.indexOf('@') < 0).toList();
    String state = payer == null ? null : payer.state();
    Set<ZoneId> zones =
        Whereabouts.zones(state, payer == null ? null : payer.postalCode(), numbers);
    ZoneId home = ZoneId.of(setting.zone());
    return new Facts(
        setting.role(),
        home,
        zones.isEmpty() ? Set.of(home) : zones,
        Whereabouts.states(state, numbers),
        payer != null
            && !payer.addressLines().isEmpty()
            && up.stream().noneMatch(flag -> flag.kind() == FlagKind.RETURNED_MAIL),
        owed.toPay().stream().map(each -> new Facts.Visit(each.claim(), each.day())).toList(),
        up.stream().map(flag -> new Facts.Raised(flag.kind(), flag.claim(), flag.until())).toList(),
        told,
        met.stream().map(each -> met(each, points)).toList());
  }

  private static Met met(Contact contact, List<Known.Point> points) {
    Contacted what = contact.what();
    return new Met(
        what.channel(),
        what.direction(),
        what.outcome(),
        what.purpose(),
        what.party(),
        what.address(),
        Known.place(points, what.address()),
        what.at());
  }
}
