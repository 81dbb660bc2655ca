package org.openrcm.statement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Portrait;
import org.openrcm.account.Seen;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An account's bill for its patient: by the same reckoning as the next statement, so that no page
 * can say anything else than paper does. It writes no audit rows: who shows it does.
 */
@Component
public class Bills {
  /** What keeps the office from asking for money. */
  private static final Set<FlagKind> UNASKED =
      EnumSet.of(
          FlagKind.HOLD,
          FlagKind.DISPUTE,
          FlagKind.ASSISTANCE,
          FlagKind.BANKRUPTCY,
          FlagKind.DECEASED,
          FlagKind.ATTORNEY);

  /** When somebody else speaks for the patient. */
  private static final Set<FlagKind> SPOKEN_FOR =
      EnumSet.of(FlagKind.BANKRUPTCY, FlagKind.DECEASED, FlagKind.ATTORNEY);

  private final JdbcClient sql;
  private final Decisions decisions;
  private final Policies policies;
  private final Statements statements;
  private final Clock clock;

  Bills(
      JdbcClient sql, Decisions decisions, Policies policies, Statements statements, Clock clock) {
    this.sql = sql;
    this.decisions = decisions;
    this.policies = policies;
    this.statements = statements;
    this.clock = clock;
  }

  /**
   * The bill of an account as it stands.
   *
   * @param account its number
   * @param language of its words
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Bill of(long account, Language language) {
    Policy policy = policies.current();
    LocalDate today = LocalDate.now(clock);
    Decisions.Decided decided = decisions.of(List.of(account), policy, today).get(account);
    if (decided == null) {
      throw new NoSuchStatement();
    }
    Written write = new Written(language);
    Gate.Verdict verdict = decided.verdict();
    List<Flag> flags =
        decided.standing().flags().stream()
            .filter(flag -> flag.claim() == null && flag.holdsOn(today))
            .toList();
    List<BillVisit> visits =
        decided.standing().visits().stream()
            .sorted(Comparator.comparing(Visit::from).thenComparing(Visit::number).reversed())
            .map(
                visit ->
                    BillVisit.of(visit, verdict.waiting().getOrDefault(visit, List.of()), write))
            .toList();
    return new Bill(
        decided.account().id(),
        account,
        name(decided.account()),
        Bill.Office.of(policy),
        verdict.owed().isNegative() ? Money.ZERO : verdict.owed(),
        credit(decided),
        sent(account).stream().map(Sent::due).findFirst().orElse(null),
        flags.stream()
            .filter(flag -> flag.kind() == FlagKind.ASSISTANCE)
            .map(Flag::raised)
            .min(Comparator.naturalOrder())
            .orElse(null),
        flags.stream().noneMatch(flag -> UNASKED.contains(flag.kind())),
        flags.stream().noneMatch(flag -> SPOKEN_FOR.contains(flag.kind())),
        visits);
  }

  private static String name(Portrait account) {
    Seen.Person person = account.patient();
    return Names.of(person.firstName(), person.middleName(), person.lastName(), person.suffix());
  }

  /** With what was paid beyond what is owed for visits that can be billed. */
  private static Money credit(Decisions.Decided decided) {
    return decided.verdict().billable().stream()
        .map(Visit::owed)
        .filter(Money::isNegative)
        .reduce(decided.standing().credit(), Money::minus);
  }

  /** Who sends bills here. */
  @Transactional
  public Bill.Office office() {
    return Bill.Office.of(policies.current());
  }

  /** A statement that was sent. */
  public record Sent(UUID id, long number, LocalDate issued, LocalDate due, Money owed) {}

  /** The statements that an account was sent, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Sent> sent(long account) {
    return sql.sql(
            """
            select id, number, issued_on, due_on, owed_cents from statement
            where account_number = ? order by number desc
            """)
        .param(account)
        .query(
            (row, index) ->
                new Sent(
                    Objects.requireNonNull(row.getObject("id", UUID.class)),
                    row.getLong("number"),
                    Objects.requireNonNull(row.getObject("issued_on", LocalDate.class)),
                    Objects.requireNonNull(row.getObject("due_on", LocalDate.class)),
                    Money.ofCents(row.getLong("owed_cents"))))
        .list();
  }

  /** The PDF of one of them; empty when it is not one of this account's. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<byte[]> pdf(long account, UUID statement) {
    return sent(account).stream().anyMatch(each -> each.id().equals(statement))
        ? statements.pdf(statement)
        : Optional.empty();
  }
}
