package org.openrcm.money;

import java.math.BigDecimal;

/**
 * An amount of US dollars as whole cents; negative amounts are credits or reversals.
 *
 * <p>Arithmetic is exact: a result beyond the range of a long throws {@link ArithmeticException}.
 *
 * @param cents the amount in cents
 */
public record Money(long cents) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  private static final int SMALL = 1024;
  private static final Money[] WHOLE_DOLLARS = new Money[SMALL];

  static {
    for (int i = 0; i < SMALL; i++) {
      WHOLE_DOLLARS[i] = new Money(i * 100L);
    }
  }

  /** The amount of {@code cents}; small whole-dollar amounts are shared instances. */
  public static Money ofCents(long cents) {
    if (cents >= 0 && cents < SMALL * 100L && cents % 100 == 0) {
      return WHOLE_DOLLARS[(int) (cents / 100)];
    }
    return new Money(cents);
  }

  /**
   * The amount that decimal text such as {@code -12.5} names.
   *
   * @throws ArithmeticException when it has parts of a cent or is out of range
   * @throws NumberFormatException when it is not a number
   */
  public static Money of(String decimal) {
    return ofCents(new BigDecimal(decimal).movePointRight(2).longValueExact());
  }

  public Money plus(Money other) {
    return ofCents(Math.addExact(cents, other.cents));
  }

  public Money minus(Money other) {
    return ofCents(Math.subtractExact(cents, other.cents));
  }

  public Money negated() {
    return ofCents(Math.negateExact(cents));
  }

  public boolean isZero() {
    return cents == 0;
  }

  public boolean isNegative() {
    return cents < 0;
  }

  /** The amount in dollars with two decimals, as FHIR and JSON want it. */
  public BigDecimal toDecimal() {
    return BigDecimal.valueOf(cents, 2);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(cents, other.cents);
  }

  /** Dollars and cents without a currency sign, such as {@code -12.50}. */
  @Override
  public String toString() {
    return toDecimal().toPlainString();
  }
}
