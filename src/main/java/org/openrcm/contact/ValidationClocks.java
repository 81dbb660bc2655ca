package org.openrcm.contact;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The clocks of validation notices, for who collects the debts of others: five days from the first
 * communication (12 CFR 1006.34(a)(1)(i)), then the period in which the debt can be disputed
 * (1006.34(b)(5)).
 */
@Component
public class ValidationClocks {
  private final JdbcClient sql;
  private final Settings settings;
  private final Gathering gathering;
  private final Clock clock;

  ValidationClocks(JdbcClient sql, Settings settings, Gathering gathering, Clock clock) {
    this.sql = sql;
    this.settings = settings;
    this.gathering = gathering;
    this.clock = clock;
  }

  /**
   * How far an account is.
   *
   * @param sent the day of its notice; null while none was sent
   * @param received when it may be taken to have been received; null while none was sent
   * @param last the last day: of the period, or while no notice was sent that on which it is in
   *     time
   * @param over whether that day has passed
   */
  public record Period(
      @Nullable LocalDate sent, @Nullable LocalDate received, LocalDate last, boolean over) {

    /** In a word or two. */
    public String label() {
      return sent == null
          ? over ? "Validation notice is late" : "Validation notice is due"
          : over ? "Validation period is over" : "Validation period runs";
    }

    /** What it means for who works on the account. */
    public String words() {
      return sent == null
          ? over
              ? "nothing else may be said to them until it goes out (REG_F C16)"
              : "it goes out within five days of the first time the debt was spoken of (REG_F C16)"
          : over
              ? "they had 30 days from its receipt to dispute (REG_F C19)"
              : "until then they may dispute or ask who the first creditor was, and no last day may"
                  + " be set (REG_F C19, C20)";
    }
  }

  /**
   * How far an account is; empty for whom the law asks no notice of, and while the debt was not
   * spoken of.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Period> of(long account) {
    Instant now = clock.instant();
    Facts facts = Objects.requireNonNull(gathering.of(List.of(account)).get(account)).facts();
    LocalDate today = CallRules.day(now, facts.home());
    LocalDate sent = DebtRules.validationSent(facts, now).orElse(null);
    if (sent == null) {
      return rule(RuleKind.VALIDATION_DUE, facts.role(), today)
          .flatMap(
              rule ->
                  DebtRules.firstCommunication(facts, now)
                      .map(first -> CallRules.day(first, facts.home()))
                      .map(first -> first.plusDays(rule.number("days"))))
          .map(last -> new Period(null, null, last, today.isAfter(last)));
    }
    return rule(RuleKind.OVERSHADOW, facts.role(), today)
        .map(
            rule -> {
              LocalDate last = DebtRules.periodEnds(rule, sent);
              return new Period(sent, DebtRules.received(rule, sent), last, today.isAfter(last));
            });
  }

  private static Optional<Rule> rule(RuleKind kind, CollectorRole role, LocalDate day) {
    return Rules.all().stream()
        .filter(rule -> rule.kind() == kind && rule.roles().contains(role))
        .filter(rule -> !day.isBefore(rule.from()))
        .filter(rule -> rule.to() == null || !day.isAfter(rule.to()))
        .findFirst();
  }

  /**
   * A notice that is due.
   *
   * @param last the last day on which it is in time
   * @param late whether that day has passed: all else is forbidden until it goes out (C16)
   */
  public record Due(long account, UUID accountId, LocalDate last, boolean late) {}

  /**
   * The notices that are due, the first first; none for whom the law asks none. Who shows them
   * writes the audit rows.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Due> due() {
    Setting setting = settings.current();
    ZoneId home = ZoneId.of(setting.zone());
    LocalDate today = CallRules.day(clock.instant(), home);
    int days =
        Rules.all().stream()
            .filter(rule -> rule.kind() == RuleKind.VALIDATION_DUE)
            .filter(rule -> rule.roles().contains(setting.role()))
            .mapToInt(rule -> rule.number("days"))
            .min()
            .orElse(-1);
    if (days < 0) {
      return List.of();
    }
    return sql.sql(
            """
            select c.account_number, a.id, min(c.at) as first
            from contact c join account a on a.number = c.account_number
            where c.party = 'PAYER' and (c.outcome in ('SPOKE', 'DECLINED')
                or c.direction = 'OUT' and c.outcome = 'SENT')
              and not exists (select 1 from contact v where v.account_number = c.account_number
                and v.purpose = 'VALIDATION_NOTICE' and v.outcome = 'SENT')
              and not exists (select 1 from contact_notice n
                where n.account_number = c.account_number and n.kind = 'VALIDATION_SENT'
                  and n.lifted_at is null)
            group by 1, 2 order by first, 1
            """)
        .query(
            (row, index) -> {
              LocalDate last =
                  CallRules.day(
                          Objects.requireNonNull(row.getObject("first", OffsetDateTime.class))
                              .toInstant(),
                          home)
                      .plusDays(days);
              return new Due(
                  row.getLong(1),
                  Objects.requireNonNull(row.getObject(2, UUID.class)),
                  last,
                  today.isAfter(last));
            })
        .list();
  }
}
