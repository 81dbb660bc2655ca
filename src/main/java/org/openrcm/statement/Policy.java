package org.openrcm.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * How a practice bills its patients.
 *
 * @param minimum the least that is worth a statement
 * @param intervalDays days between two statements of an account
 * @param dueDays days to pay
 * @param payPage the address of the page where patients see and pay their bill, without {@code
 *     https://}; null while there is none
 */
record Policy(
    Letterhead letterhead,
    Money minimum,
    int intervalDays,
    int dueDays,
    @Nullable String payPage,
    Help help) {

  /**
   * Who sends it, and how to reach them.
   *
   * @param address in lines as on an envelope
   * @param hours in which somebody answers, such as {@code Monday to Friday, 8 am to 5 pm}
   * @param hoursInSpanish the same for those who read Spanish; null while nobody has said it
   */
  record Letterhead(
      String name,
      List<String> address,
      String phone,
      String hours,
      @Nullable String hoursInSpanish,
      @Nullable String email) {

    public Hours hoursIn(Language language) {
      return Hours.of(hours, hoursInSpanish, language);
    }
  }

  /**
   * Help with the bill (26 CFR 1.501(r)-4(b)(5)(i)(D): notice, phone, address of the policy).
   *
   * @param policy whether the practice has a written policy of financial assistance
   * @param page where the policy and the form are, without {@code https://}
   */
  record Help(boolean policy, @Nullable String phone, @Nullable String page) {}

  static final int INTERVAL_DAYS = 30;
  static final int DUE_DAYS = 21;
  static final Money MINIMUM = Money.ofCents(500);

  /** What holds until somebody sets something else. */
  static Policy of(String practice) {
    return new Policy(
        new Letterhead(practice, List.of(), "", "", null, null),
        MINIMUM,
        INTERVAL_DAYS,
        DUE_DAYS,
        null,
        new Help(false, null, null));
  }

  /** Whether a statement can say who sends it and how to reach them (P5). */
  boolean isComplete() {
    return !letterhead.name().isBlank()
        && letterhead.address().size() >= 2
        && !letterhead.phone().isBlank()
        && !letterhead.hours().isBlank();
  }
}
