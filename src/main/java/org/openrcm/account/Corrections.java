package org.openrcm.account;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes accounts by hand: each correction whole or not at all, on record with what was before it,
 * and refused when the account is no longer as the person saw it.
 */
@Component
class Corrections {
  private static final String BY_HAND = "By hand";
  private static final String AS_SAID = "As claims say";

  private final JdbcClient sql;
  private final StateRows states;
  private final CoverageRows coverages;
  private final Accounts accounts;
  private final AccountWords accountWords;
  private final ChangeLog log;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Corrections(
      JdbcClient sql,
      StateRows states,
      CoverageRows coverages,
      Accounts accounts,
      AccountWords accountWords,
      ChangeLog log,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.sql = sql;
    this.states = states;
    this.coverages = coverages;
    this.accounts = accounts;
    this.accountWords = accountWords;
    this.log = log;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** An account that is being corrected, and how it was. */
  private final class Work {
    final State state;
    final List<Coverage> covered;
    final ByHand before;
    final List<ChangeLog.Change> changes = new ArrayList<>();

    Work(State state) {
      this.state = state;
      this.covered = coverages.all(state.number());
      this.before = ByHand.of(state, covered);
    }

    void replace(Coverage coverage) {
      covered.removeIf(each -> each.key().equals(coverage.key()));
      covered.add(coverage);
    }

    /** Those that can be billed, in their order. */
    List<Coverage> inForce() {
      return covered.stream()
          .filter(each -> !each.hasEnded() && !each.isToldBetterIn(covered))
          .sorted(Coverage.ORDER)
          .toList();
    }

    Coverage find(long number) {
      return covered.stream()
          .filter(each -> each.number() == number)
          .findFirst()
          .orElseThrow(() -> new Refused(Refused.Reason.CHANGED_MEANWHILE));
    }
  }

  private Work open(UUID id, @Nullable Long version) {
    Optional<Long> number =
        sql.sql("select number from account where id = ?").param(id).query(Long.class).optional();
    State state = number.map(each -> states.lock(List.of(each)).get(each)).orElse(null);
    if (state == null) {
      throw NoSuchAccount.denied(audit, Action.CHANGE, id);
    }
    if (version != null && state.version() != version) {
      throw new Refused(Refused.Reason.CHANGED_MEANWHILE);
    }
    return new Work(state);
  }

  private long close(Work work, ChangeLog.Kind kind, @Nullable Long undoes) {
    State state = work.state;
    if (work.changes.isEmpty()) {
      throw new Refused(Refused.Reason.NOTHING_TO_DO);
    }
    state.touch();
    states.write(List.of(state));
    events.publishEvent(new AccountsTouched(List.of(state.number())));
    coverages.write(Map.of(state.number(), work.covered));
    identify(state);
    Set<String> words = new LinkedHashSet<>();
    for (Field field :
        List.of(
            Field.LAST_NAME,
            Field.FIRST_NAME,
            Field.MIDDLE_NAME,
            Field.GUARANTOR_LAST_NAME,
            Field.GUARANTOR_FIRST_NAME)) {
      AccountWords.cut(state.value(field), words);
    }
    work.covered.forEach(each -> AccountWords.cut(each.said().memberId(), words));
    accountWords.add(List.copyOf(words), words.stream().map(word -> state.number()).toList());
    audit.record(
        Action.CHANGE,
        Subject.of(Accounts.SUBJECT, state.id()),
        accounts.patients(List.of(state.number())));
    return log.write(state.number(), kind, undoes, work.before, work.changes);
  }

  /** Claims find the account by its name and birth date as they are now, too. */
  private void identify(State state) {
    sql.sql("delete from account_identity where account_number = ? and by_hand")
        .param(state.number())
        .update();
    String identity =
        PersonKey.of(
            state.value(Field.LAST_NAME),
            state.value(Field.FIRST_NAME),
            state.value(Field.BIRTH_DATE));
    if (identity != null) {
      accounts.knownBy(identity, state.number());
    }
  }

  /**
   * Sets fields by hand.
   *
   * @param version of the account, as the person saw it
   * @param typed what each field is to be; empty for nothing
   * @param follow topics that claims are to tell again
   * @return the correction's number
   * @throws Refused when it was changed meanwhile, or nothing is to be changed
   */
  @Transactional
  public long edit(UUID id, long version, Map<Field, String> typed, Set<Topic> follow) {
    return edit(id, version, typed, follow, ChangeLog.Kind.EDIT);
  }

  /** The same, told as what it is. */
  @Transactional
  public long edit(
      UUID id, long version, Map<Field, String> typed, Set<Topic> follow, ChangeLog.Kind kind) {
    Work work = open(id, version);
    Map<Field, String> before = Map.copyOf(work.state.values());
    typed.forEach(
        (field, value) -> {
          String now = Objects.requireNonNullElse(before.get(field), "");
          if (!follow.contains(field.topic()) && !now.equals(value)) {
            work.state.correct(field, value);
          }
        });
    for (Topic topic : follow) {
      if (work.state.corrected().contains(topic)) {
        work.state.followClaims(topic);
      }
    }
    note(work, before);
    return close(work, kind, null);
  }

  private static void note(Work work, Map<Field, String> before) {
    Set<Topic> noted = EnumSet.noneOf(Topic.class);
    for (Field field : Field.values()) {
      String was = before.get(field);
      String is = work.state.value(field);
      if (!Objects.equals(was, is)) {
        noted.add(field.topic());
        work.changes.add(new ChangeLog.Change(field.name(), was, is));
      }
    }
    for (Topic topic : Topic.values()) {
      boolean byHand = work.state.corrected().contains(topic);
      if (!noted.contains(topic) && byHand != work.before.corrected().contains(topic)) {
        String was = byHand ? AS_SAID : BY_HAND;
        work.changes.add(new ChangeLog.Change(topic.name(), was, byHand ? BY_HAND : AS_SAID));
      }
    }
  }

  /**
   * Adds a coverage behind all that are there.
   *
   * @throws Refused when the account has it already
   */
  @Transactional
  public long add(UUID id, long version, SeenCoverage typed) {
    Work work = open(id, version);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    List<Coverage> inForce = work.inForce();
    int last = inForce.isEmpty() ? 0 : inForce.get(inForce.size() - 1).place();
    Coverage added = Coverage.of(typed, Coverage.Source.HAND, today, "").at(last + 1);
    if (work.covered.stream().anyMatch(each -> each.key().equals(added.key()))) {
      throw new Refused(Refused.Reason.NOTHING_TO_DO);
    }
    work.covered.add(added);
    work.changes.add(new ChangeLog.Change(ChangeLog.COVERAGE, null, added.label()));
    return close(work, ChangeLog.Kind.COVERAGE_ADDED, null);
  }

  /** Lets a coverage be billed before the one that is before it now. */
  @Transactional
  public long earlier(UUID id, long version, long coverage) {
    Work work = open(id, version);
    List<Coverage> order = new ArrayList<>(work.inForce());
    int at = order.indexOf(work.find(coverage));
    if (at < 1) {
      throw new Refused(Refused.Reason.NOTHING_TO_DO);
    }
    String was = labels(order);
    order.add(at - 1, order.remove(at));
    for (int place = 0; place < order.size(); place++) {
      work.replace(order.get(place).at(place + 1));
    }
    work.changes.add(new ChangeLog.Change(ChangeLog.COVERAGE, was, labels(order)));
    return close(work, ChangeLog.Kind.COVERAGE_MOVED, null);
  }

  private static String labels(List<Coverage> order) {
    return String.join("; ", order.stream().map(Coverage::label).toList());
  }

  /** Says that a coverage is over, from today on. */
  @Transactional
  public long end(UUID id, long version, long coverage) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    return change(
        id, version, coverage, ChangeLog.Kind.COVERAGE_ENDED, each -> each.endedOn(today));
  }

  /** Says that a coverage is not over after all. */
  @Transactional
  public long reopen(UUID id, long version, long coverage) {
    return change(
        id, version, coverage, ChangeLog.Kind.COVERAGE_REOPENED, each -> each.endedOn(null));
  }

  private long change(
      UUID id, long version, long number, ChangeLog.Kind kind, UnaryOperator<Coverage> how) {
    Work work = open(id, version);
    Coverage before = work.find(number);
    Coverage after = how.apply(before);
    if (before.hasEnded() != after.hasEnded()) {
      work.replace(after);
      work.changes.add(
          new ChangeLog.Change(ChangeLog.COVERAGE, before.described(), after.described()));
    }
    return close(work, kind, null);
  }

  /**
   * Takes a correction back: all that was set by hand is as it was before it, and what claims say
   * is as they say it now.
   *
   * @throws Refused when it is not the account's last correction
   */
  @Transactional
  public long undo(UUID id, long correction) {
    Work work = open(id, null);
    ByHand wanted =
        log.last(work.state.number(), correction)
            .orElseThrow(() -> new Refused(Refused.Reason.NOT_THE_LAST));
    Map<Field, String> before = Map.copyOf(work.state.values());
    restore(work.state, wanted);
    note(work, before);
    List<Coverage> known =
        work.covered.stream().sorted(Comparator.comparing(Coverage::number)).toList();
    List<Long> gone = new ArrayList<>();
    for (Coverage coverage : known) {
      ByHand.Place place = wanted.place(coverage.number());
      if (place != null) {
        Coverage restored =
            coverage
                .at(place.placed())
                .endedOn(place.endedOn() == null ? null : LocalDate.parse(place.endedOn()));
        if (!restored.equals(coverage)) {
          work.replace(restored);
          work.changes.add(
              new ChangeLog.Change(ChangeLog.COVERAGE, coverage.described(), restored.described()));
        }
      } else if (coverage.source() == Coverage.Source.HAND) {
        gone.add(coverage.number());
        work.covered.remove(coverage);
        work.changes.add(new ChangeLog.Change(ChangeLog.COVERAGE, coverage.label(), null));
      }
    }
    coverages.remove(gone);
    return close(work, ChangeLog.Kind.UNDO, correction);
  }

  private static void restore(State state, ByHand wanted) {
    for (Field field : Field.values()) {
      Topic topic = field.topic();
      if (!topic.isOfClaims() || wanted.corrected().contains(topic)) {
        state.correct(field, wanted.values().get(field));
      }
    }
    for (Topic topic : Topic.values()) {
      if (topic.isOfClaims() && !wanted.corrected().contains(topic)) {
        state.followClaims(topic);
      }
    }
  }
}
