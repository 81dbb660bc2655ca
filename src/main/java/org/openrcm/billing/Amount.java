package org.openrcm.billing;

import org.openrcm.money.Money;

/** AMT: an amount for information, never part of balancing (AMT01, AMT02). */
public record Amount(String qualifier, Money amount) {}
