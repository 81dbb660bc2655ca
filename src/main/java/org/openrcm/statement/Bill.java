package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * What an account's patient owes now, and why: what the next statement would say, without its
 * waiting for a day. {@code owed = what is due for visits - credit}, and nothing below zero.
 *
 * @param id of the account, {@code account} its number
 * @param owed for all visits, less the credit; zero when the credit is more
 * @param credit of the patient: on no visit, or more than was owed for one
 * @param due by when the last statement asks to pay; null before the first
 * @param helpAsked since when help with the bill is asked for; null when it is not
 * @param asked whether the patient is to be asked to pay: nothing holds the whole account
 * @param payable whether it may be paid here: nobody else speaks for the patient
 * @param visits the latest first
 */
public record Bill(
    UUID id,
    long account,
    String patient,
    Office office,
    Money owed,
    Money credit,
    @Nullable LocalDate due,
    @Nullable LocalDate helpAsked,
    boolean asked,
    boolean payable,
    List<BillVisit> visits) {

  /**
   * Who sends bills, and how to reach them.
   *
   * @param helpPolicy whether there is a written policy of financial assistance
   * @param helpPhone whom to call for help with a bill
   * @param helpPage where the policy is, without {@code https://}
   */
  public record Office(
      String name,
      List<String> address,
      String phone,
      String hours,
      @Nullable String hoursInSpanish,
      boolean helpPolicy,
      String helpPhone,
      @Nullable String helpPage) {

    public Hours hoursIn(Language language) {
      return Hours.of(hours, hoursInSpanish, language);
    }

    static Office of(Policy policy) {
      Policy.Letterhead from = policy.letterhead();
      Policy.Help help = policy.help();
      return new Office(
          from.name(),
          from.address(),
          from.phone(),
          from.hours(),
          from.hoursInSpanish(),
          help.policy(),
          help.phone() == null ? from.phone() : help.phone(),
          help.page());
    }
  }

  /** Those that something is asked for, the oldest first. */
  public List<BillVisit> toPay() {
    return visits.stream()
        .filter(visit -> visit.state() == BillVisit.State.TO_PAY)
        .sorted(java.util.Comparator.comparing(BillVisit::from).thenComparing(BillVisit::claim))
        .toList();
  }

  /** Those of which it is not settled what the patient owes. */
  public List<BillVisit> open() {
    return visits.stream().filter(visit -> visit.state().isOpen()).toList();
  }

  /** Those of which nothing is left to be paid. */
  public List<BillVisit> done() {
    return visits.stream()
        .filter(visit -> !visit.state().isOpen() && visit.state() != BillVisit.State.TO_PAY)
        .toList();
  }

  public Money forVisits() {
    return toPay().stream().map(BillVisit::owed).reduce(Money.ZERO, Money::plus);
  }

  /** What is the patient's own when all visits are paid from it. */
  public Money left() {
    Money left = credit.minus(forVisits());
    return left.isNegative() ? Money.ZERO : left;
  }

  /** The visit of this id; null when the account has none. */
  public @Nullable BillVisit visit(UUID wanted) {
    return visits.stream().filter(visit -> visit.id().equals(wanted)).findFirst().orElse(null);
  }
}
