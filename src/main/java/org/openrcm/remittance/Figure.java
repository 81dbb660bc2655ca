package org.openrcm.remittance;

import java.math.BigDecimal;

/**
 * A figure of a summary segment (TS2, TS3, MIA), known by its reference designator.
 *
 * @param designator such as {@code MIA04}
 * @param value an amount in dollars, or a number of days
 */
public record Figure(String designator, BigDecimal value) {}
