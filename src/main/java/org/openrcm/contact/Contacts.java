package org.openrcm.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountsTouched;
import org.openrcm.audit.Actor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The firewall before every contact, and the log of those that were made. It writes no audit rows:
 * who shows or does something writes them.
 */
@Component("contact.Contacts")
public class Contacts {
  private static final Duration OLDEST = Duration.ofDays(60);

  private final Gathering gathering;
  private final DecisionRows decisions;
  private final ContactLog log;
  private final Notices notices;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Contacts(
      Gathering gathering,
      DecisionRows decisions,
      ContactLog log,
      Notices notices,
      Clock clock,
      ApplicationEventPublisher events) {
    this.gathering = gathering;
    this.decisions = decisions;
    this.log = log;
    this.notices = notices;
    this.clock = clock;
    this.events = events;
  }

  /** Whether who is to pay may be asked for it now, by each channel; stored. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Channel, Decision> decide(long account) {
    Known known = known(account);
    List<Asked> asked = each(account, known, now());
    keep(account, known, asked);
    return byChannel(asked);
  }

  /** Whether this may be said this way now; stored. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision decide(long account, Channel channel, Purpose purpose) {
    Known known = known(account);
    Asked asked = best(account, known, channel, purpose, now());
    keep(account, known, List.of(asked));
    return asked.decision();
  }

  /**
   * Whether who is to pay may be asked for it now: of many accounts in as many queries as of one,
   * and not stored. Each account that was asked for is there.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Map<Channel, Decision>> forecast(Collection<Long> accounts) {
    Map<Long, Map<Channel, Decision>> forecast = new HashMap<>();
    Instant now = now();
    gathering
        .of(accounts)
        .forEach((account, known) -> forecast.put(account, byChannel(each(account, known, now))));
    return forecast;
  }

  /** The same for one channel and whatever is to be said. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Decision> forecast(Collection<Long> accounts, Channel channel, Purpose purpose) {
    Map<Long, Decision> forecast = new HashMap<>();
    Instant now = now();
    gathering
        .of(accounts)
        .forEach(
            (account, known) ->
                forecast.put(account, best(account, known, channel, purpose, now).decision()));
    return forecast;
  }

  /**
   * What a debt collector has to say of itself in a communication with this account now (C15).
   *
   * @param language {@code en} or {@code es}
   * @return empty for whom the law does not ask it of
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public String disclosure(long account, String language) {
    return gathering.disclosure(account, language);
  }

  /**
   * Whether each step beyond asking for money may be taken now: only when all its rulings allow.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Step, List<Ruling>> steps(long account) {
    StepRules.StepFacts facts = gathering.steps(account);
    Map<Step, List<Ruling>> steps = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      steps.put(step, StepRules.decide(facts, step, now()));
    }
    return steps;
  }

  /**
   * Puts a contact on the log, with what the firewall says of it for its moment. One that was made
   * though a rule forbade it is on the log too, and says so. A text or an e-mail that says no more
   * than "stop" is a refusal at once (47 CFR 64.1200(a)(10), 12 CFR 1006.6(e)).
   *
   * @param key of the form; the same key again is the same contact
   * @throws Refused when it cannot have been so
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Contact log(long account, Contacted what, String key) {
    if (!key.matches("[0-9a-f-]{36}")) {
      throw new Refused(Refused.Reason.NO_KEY);
    }
    Optional<Contact> before = log.byKey(key);
    if (before.isPresent()) {
      return same(before.get(), account, what);
    }
    Known known = known(account);
    Contacted whole = whole(what, known);
    Decision decision = null;
    if (whole.direction() == Direction.OUT) {
      Ask ask =
          new Ask(
              whole.channel(),
              whole.purpose(),
              whole.address(),
              Known.place(known.points(), whole.address()),
              false,
              whole.at());
      Asked asked = new Asked(ask, decision(account, ask, known.facts()));
      keep(account, known, List.of(asked));
      decision = asked.decision();
    }
    Contact contact =
        new Contact(UUID.randomUUID(), account, whole, now(), Actor.current().name(), decision);
    log.add(contact, key);
    hear(account, whole);
    events.publishEvent(new AccountsTouched(List.of(account)));
    return contact;
  }

  private static Contact same(Contact before, long account, Contacted what) {
    Contacted then = before.what();
    boolean same =
        before.account() == account
            && then.channel() == what.channel()
            && then.direction() == what.direction()
            && then.outcome() == what.outcome()
            && then.purpose() == what.purpose()
            && then.party() == what.party()
            && then.note().equals(what.note());
    if (!same) {
      throw new Refused(Refused.Reason.SENT_BEFORE);
    }
    return before;
  }

  /** With the address that was meant, and checked. */
  private Contacted whole(Contacted what, Known known) {
    Instant now = now();
    if (what.at().isAfter(now)) {
      throw new Refused(Refused.Reason.IN_FUTURE);
    }
    if (what.at().isBefore(now.minus(OLDEST))) {
      throw new Refused(Refused.Reason.TOO_OLD);
    }
    if (!what.outcome().fits(what.channel(), what.direction())) {
      throw new Refused(Refused.Reason.NOT_OF_CHANNEL);
    }
    String address =
        what.address() == null
            ? known.points(what.channel()).stream()
                .map(Known.Point::address)
                .findFirst()
                .orElse(null)
            : Addresses.of(what.channel(), what.address());
    boolean needed = what.channel().isByPhone() || what.channel() == Channel.EMAIL;
    if (address == null && needed && what.party() == Party.PAYER) {
      throw new Refused(Refused.Reason.NO_ADDRESS);
    }
    return new Contacted(
        what.channel(),
        what.direction(),
        what.outcome(),
        what.purpose(),
        what.party(),
        address,
        what.at().truncatedTo(ChronoUnit.MICROS),
        what.note());
  }

  private void hear(long account, Contacted what) {
    String address = what.address();
    if (what.direction() == Direction.IN && address != null && Keywords.refuse(what.note())) {
      Told refused = Told.of(NoticeKind.REFUSED_CHANNEL, what.at()).at(address);
      if (what.channel() == Channel.TEXT) {
        notices.note(account, refused.by(Channel.TEXT), "", what.note());
        notices.note(account, Told.of(NoticeKind.REVOKED, what.at()).at(address), "", what.note());
      } else if (what.channel() == Channel.EMAIL) {
        notices.note(account, refused.by(Channel.EMAIL), "", what.note());
      }
    }
  }

  /** The contacts of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Contact> of(long account) {
    return of(List.of(account)).getOrDefault(account, List.of());
  }

  /** The same of many accounts at once; without accounts that have none. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, List<Contact>> of(Collection<Long> accounts) {
    return log.of(accounts);
  }

  private record Asked(Ask ask, Decision decision) {}

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Known known(long account) {
    return Objects.requireNonNull(gathering.of(List.of(account)).get(account));
  }

  private void keep(long account, Known known, List<Asked> asked) {
    decisions.keep(
        account,
        known.facts(),
        asked.stream().map(Asked::ask).toList(),
        asked.stream().map(Asked::decision).toList());
  }

  private static List<Asked> each(long account, Known known, Instant at) {
    List<Asked> asked = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      asked.add(best(account, known, channel, Purpose.COLLECT, at));
    }
    return asked;
  }

  private static Map<Channel, Decision> byChannel(List<Asked> asked) {
    Map<Channel, Decision> decisions = new EnumMap<>(Channel.class);
    asked.forEach(each -> decisions.put(each.ask().channel(), each.decision()));
    return decisions;
  }

  /** To the first number or address that is allowed, or will be first. */
  private static Asked best(
      long account, Known known, Channel channel, Purpose purpose, Instant at) {
    List<Known.Point> points = purpose.party() == Party.PAYER ? known.points(channel) : List.of();
    if (points.isEmpty()) {
      Ask ask = new Ask(channel, purpose, null, Place.UNKNOWN, false, at);
      return new Asked(ask, decision(account, ask, known.facts()));
    }
    return points.stream()
        .map(point -> new Ask(channel, purpose, point.address(), point.place(), false, at))
        .map(ask -> new Asked(ask, decision(account, ask, known.facts())))
        .min(Comparator.comparing(asked -> from(asked.decision())))
        .orElseThrow();
  }

  private static Instant from(Decision decision) {
    @Nullable Instant next = decision.nextAllowed();
    return decision.allowed() ? Instant.MIN : next == null ? Instant.MAX : next;
  }

  private static Decision decision(long account, Ask ask, Facts facts) {
    Verdict verdict = Firewall.decide(facts, ask, Rules.all());
    return new Decision(
        UUID.randomUUID(),
        account,
        ask.channel(),
        ask.purpose(),
        ask.to(),
        ask.at(),
        verdict.allowed(),
        verdict.nextAllowed(),
        verdict.allowedUntil(),
        verdict.rulings(),
        verdict.visits(),
        List.copyOf(facts.zones()));
  }
}
