package org.openrcm.contact;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The clocks of validation notices, for who collects the debts of others: five days from the first
 * communication (12 CFR 1006.34(a)(1)(i)).
 */
@Component
public class ValidationClocks {
  private final JdbcClient sql;
  private final Settings settings;
  private final Clock clock;

  ValidationClocks(JdbcClient sql, Settings settings, Clock clock) {
    this.sql = sql;
    this.settings = settings;
    this.clock = clock;
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
