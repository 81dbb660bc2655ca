package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.money.Money;

/**
 * All that counts for whether an account gets a statement.
 *
 * @param credit of the patient that is on no visit
 * @param plan whether a payment plan is being kept
 * @param reachable whether there is an address, or it goes out another way
 * @param paper whether it goes by mail
 * @param last the last statement; null before the first
 */
record Standing(
    List<Visit> visits,
    List<Flag> flags,
    Money credit,
    boolean plan,
    boolean reachable,
    boolean paper,
    @Nullable Last last) {

  /**
   * The last statement.
   *
   * @param again whether the same money would be asked for: nothing was paid and no visit is new
   */
  record Last(LocalDate issued, Stage stage, Money owed, boolean again) {}
}
