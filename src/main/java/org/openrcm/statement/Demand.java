package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portrait;
import org.openrcm.money.Money;

/**
 * What an account's patient was asked for in every statement of the cycle, and has had the time to
 * pay. Visits that cannot be billed now count for nothing.
 *
 * @param owed for the visits that were on a final notice whose day to pay is past, less credit; not
 *     below zero
 * @param visits the numbers of their claims
 * @param early owed for visits that are not so far
 * @param earlyUntil when the first of these is so far; null while none was on a final notice
 * @param finallyDue the day to pay of the first final notice that one of the visits was on; null
 *     when there are none
 * @param askedOn when the first of the visits, also of those not so far, was first asked for; null
 *     when none was
 */
public record Demand(
    Portrait account,
    Money owed,
    List<Long> visits,
    Money early,
    @Nullable LocalDate earlyUntil,
    @Nullable LocalDate finallyDue,
    @Nullable LocalDate askedOn) {}
