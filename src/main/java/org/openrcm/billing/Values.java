package org.openrcm.billing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingRule;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;

/** Reads typed values from segments; what cannot be read is a finding and null, never a guess. */
public final class Values {
  private static final long LARGEST_CENTS = 10_000_000_000_000L;
  private static final int SHARED_DAYS = 512;
  private static final int DAY_LENGTH = 8;
  private static final int LONGEST_PART = 18;

  private final FindingSink findings;
  private final int[] days = new int[SHARED_DAYS];
  private final @Nullable LocalDate[] dates = new @Nullable LocalDate[SHARED_DAYS];

  public Values(FindingSink findings) {
    this.findings = findings;
  }

  /** An amount, or null when it is empty or (with a finding) unreadable. */
  public @Nullable Money money(Segment segment, int element) {
    if (segment.isEmpty(element)) {
      return null;
    }
    long cents = segment.scaled(element, 2);
    if (cents > LARGEST_CENTS || cents < -LARGEST_CENTS) {
      find(segment, element, Unreadable.AMOUNT_UNREADABLE, "is no amount in dollars and cents");
      return null;
    }
    return Money.ofCents(cents);
  }

  /** A quantity, or null when it is empty or (with a finding) unreadable. */
  public @Nullable BigDecimal quantity(Segment segment, int element) {
    if (segment.isEmpty(element)) {
      return null;
    }
    if (segment.length(element) <= 2) {
      long whole = segment.scaled(element, 0);
      if (whole >= 0 && segment.text(element).indexOf('.') < 0) {
        return BigDecimal.valueOf(whole);
      }
    }
    if (segment.scaled(element, 9) == Segment.NOT_A_NUMBER) {
      find(segment, element, Unreadable.QUANTITY_UNREADABLE, "is no number");
      return null;
    }
    return new BigDecimal(segment.text(element));
  }

  /** A CCYYMMDD date, or null when it is empty or (with a finding) unreadable. */
  public @Nullable LocalDate date(Segment segment, int element) {
    if (segment.isEmpty(element)) {
      return null;
    }
    return date(segment, element, segment.day(element));
  }

  /** A CCYYMMDD date that is part of an element, or (with a finding) null when unreadable. */
  public @Nullable LocalDate date(Segment segment, int element, String text) {
    int day = text.length() == DAY_LENGTH ? 0 : -1;
    for (int i = 0; i < text.length() && day >= 0; i++) {
      int digit = text.charAt(i) - '0';
      day = digit < 0 || digit > 9 ? -1 : day * 10 + digit;
    }
    return date(segment, element, day);
  }

  /** An amount that is part of an element, or (with a finding) null when unreadable. */
  public @Nullable Money money(Segment segment, int element, String text) {
    try {
      Money money = text.length() > LONGEST_PART ? null : Money.of(text);
      if (money != null && Math.abs(money.cents()) <= LARGEST_CENTS) {
        return money;
      }
    } catch (ArithmeticException | NumberFormatException noAmount) {
      // the finding below says so
    }
    find(segment, element, Unreadable.AMOUNT_UNREADABLE, "is no amount in dollars and cents");
    return null;
  }

  /** A quantity that is part of an element, or (with a finding) null when unreadable. */
  public @Nullable BigDecimal quantity(Segment segment, int element, String text) {
    if (text.length() <= LONGEST_PART && text.matches("-?(\\d+\\.?\\d*|\\.\\d+)")) {
      return new BigDecimal(text);
    }
    find(segment, element, Unreadable.QUANTITY_UNREADABLE, "is no number");
    return null;
  }

  private @Nullable LocalDate date(Segment segment, int element, int day) {
    int index = (day ^ (day >>> 9)) & (SHARED_DAYS - 1);
    LocalDate known = dates[index];
    if (known != null && days[index] == day) {
      return known;
    }
    try {
      if (day > 0) {
        LocalDate date = LocalDate.of(day / 10000, day / 100 % 100, day % 100);
        days[index] = day;
        dates[index] = date;
        return date;
      }
    } catch (DateTimeException notInTheCalendar) {
      // the finding below says so
    }
    find(segment, element, Unreadable.DATE_UNREADABLE, "is no day of the calendar (CCYYMMDD)");
    return null;
  }

  private void find(Segment segment, int element, FindingRule rule, String message) {
    String designator = segment.tag() + (element < 10 ? "0" : "") + element;
    findings.add(rule, segment.place().at(designator), message);
  }
}
