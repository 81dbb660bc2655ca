package org.openrcm.billing;

import java.math.BigDecimal;

/** QTY: a number of days, units or the like (QTY01, QTY02). */
public record Quantity(String qualifier, BigDecimal value) {}
