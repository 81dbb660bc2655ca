package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;

/**
 * What an earlier payer decided about a line: loop 2430.
 *
 * @param payer SVD01, the id of a payer in 2330B
 * @param paid SVD02
 * @param procedure SVD03
 * @param revenueCode SVD04
 * @param units SVD05
 * @param bundledLine SVD06: the line with which it was paid together
 * @param adjustments CAS
 * @param periods DTP*573
 * @param amounts AMT*EAF
 */
public record LineDecision(
    String payer,
    Money paid,
    @Nullable Procedure procedure,
    @Nullable String revenueCode,
    @Nullable BigDecimal units,
    @Nullable String bundledLine,
    List<Adjustment> adjustments,
    List<Period> periods,
    List<Amount> amounts) {}
