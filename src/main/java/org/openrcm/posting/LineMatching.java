package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Reference;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/**
 * Which line of the claim each service payment is for: by REF*6R (rules X16), then by procedure,
 * modifiers, day and charge, then by less of it: payers change codes and leave modifiers out.
 */
final class LineMatching {
  private static final List<BiPredicate<ServicePayment, Bill.BilledLine>> STEPS =
      List.of(
          LineMatching::sameControl,
          (paid, billed) ->
              sameProcedure(paid, billed, true)
                  && sameDay(paid, billed)
                  && sameCharge(paid, billed),
          (paid, billed) ->
              sameProcedure(paid, billed, false)
                  && sameDay(paid, billed)
                  && sameCharge(paid, billed),
          (paid, billed) -> sameProcedure(paid, billed, false) && sameCharge(paid, billed),
          (paid, billed) -> sameDay(paid, billed) && sameCharge(paid, billed),
          (paid, billed) -> sameProcedure(paid, billed, false) && sameDay(paid, billed),
          (paid, billed) -> sameProcedure(paid, billed, false));

  private LineMatching() {}

  /** For each service payment the LX01 of its line, null for those that fit none. */
  static List<@Nullable Integer> match(ClaimPayment claim, Bill bill) {
    Integer[] numbers = new Integer[claim.lines().size()];
    Set<Integer> taken = new HashSet<>();
    for (BiPredicate<ServicePayment, Bill.BilledLine> step : STEPS) {
      for (int i = 0; i < numbers.length; i++) {
        for (int k = 0; numbers[i] == null && k < bill.lines().size(); k++) {
          // a line may be split: several payments for one control number
          boolean free = step == STEPS.get(0) || !taken.contains(k);
          if (free && step.test(claim.lines().get(i), bill.lines().get(k))) {
            numbers[i] = bill.lines().get(k).number();
            taken.add(k);
          }
        }
      }
    }
    return new ArrayList<>(Arrays.asList(numbers));
  }

  private static boolean sameControl(ServicePayment paid, Bill.BilledLine billed) {
    for (Reference reference : paid.references()) {
      if (reference.qualifier().equals("6R")) {
        return billed.control() == null
            ? reference.value().equals(Integer.toString(billed.number()))
            : reference.value().equals(billed.control());
      }
    }
    return false;
  }

  private static boolean sameProcedure(
      ServicePayment paid, Bill.BilledLine billed, boolean withModifiers) {
    Procedure submitted = paid.submittedProcedure();
    Procedure theirs = submitted == null ? paid.procedure() : submitted;
    Procedure ours = billed.procedure();
    if (ours == null) {
      return Objects.equals(billed.revenueCode(), paid.revenueCode())
          || (theirs.qualifier().equals("NU") && theirs.code().equals(billed.revenueCode()));
    }
    return ours.code().equals(theirs.code())
        && (!withModifiers || ours.modifiers().equals(theirs.modifiers()));
  }

  private static boolean sameCharge(ServicePayment paid, Bill.BilledLine billed) {
    return Math.abs(paid.charged().cents()) == billed.charged().cents();
  }

  private static boolean sameDay(ServicePayment paid, Bill.BilledLine billed) {
    LocalDate day = null;
    for (Dated dated : paid.dates()) {
      if (dated.qualifier().equals("472") || dated.qualifier().equals("150")) {
        day = dated.date();
        break;
      }
    }
    return day == null || billed.day() == null || day.equals(billed.day());
  }
}
