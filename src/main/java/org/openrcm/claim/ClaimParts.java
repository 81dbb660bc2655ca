package org.openrcm.claim;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.Segment;

/**
 * Turns segments that several loops of an 837 share into the values they stand for. Each answers
 * whether the values hold all that the segment says: what does not is kept as it was sent, too.
 */
final class ClaimParts {
  /** Components of C003 that a {@link org.openrcm.billing.Procedure} holds. */
  private static final int PROCEDURE = 7;

  private static final int DATE_QUALIFIER = 3;
  private static final int DATE = 4;
  private static final int AMOUNT = 5;
  private static final int QUANTITY = 6;
  private static final int PRESENT_ON_ADMISSION = 9;
  private static final int DAY = 8;
  private static final int SPAN = 17;

  private static final long REFERENCE = elements(1, 2, 4);
  private static final long TWO = elements(1, 2);
  private static final long PERIOD = elements(1, 2, 3);
  private static final long ATTACHMENT = elements(1, 2, 5, 6);
  private static final long MEMBERSHIP = elements(1, 2, 3, 4, 5, 9);
  private static final long FACTS = elements(1, 5, 6, 7, 8, 9);

  private final Values values;
  private final Parts parts;

  ClaimParts(Values values) {
    this.values = values;
    this.parts = new Parts(values);
  }

  /** Elements that are held, as a set of bits. */
  static long elements(int... numbers) {
    long bits = 0;
    for (int number : numbers) {
      bits |= 1L << number;
    }
    return bits;
  }

  /** Whether a segment has no element but these. */
  static boolean hasOnly(Segment segment, long elements) {
    for (int i = 1; i <= segment.elements(); i++) {
      if ((elements >>> i & 1) == 0 && segment.has(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean reference(Segment ref, List<ClaimReference> into) {
    boolean other = ref.has(4);
    boolean isPayer = other && ref.text(4, 1).equals("2U");
    into.add(new ClaimReference(ref.text(1), ref.text(2), isPayer ? ref.textOrNull(4, 2) : null));
    return hasOnly(ref, REFERENCE) && (!other || (isPayer && ref.components(4).size() == 2));
  }

  static boolean note(Segment nte, List<Note> into) {
    into.add(new Note(nte.text(1), nte.text(2)));
    return hasOnly(nte, TWO);
  }

  static boolean attachment(Segment pwk, List<Attachment> into) {
    into.add(new Attachment(pwk.text(1), pwk.text(2), pwk.textOrNull(6)));
    return hasOnly(pwk, ATTACHMENT) && pwk.is(5, pwk.has(6) ? "AC" : "");
  }

  boolean amount(Segment amt, List<Amount> into) {
    Money money = values.money(amt, 2);
    if (money == null) {
      return false;
    }
    into.add(new Amount(amt.text(1), money));
    return hasOnly(amt, TWO);
  }

  boolean quantity(Segment qty, List<Quantity> into) {
    BigDecimal value = values.quantity(qty, 2);
    if (value == null) {
      return false;
    }
    into.add(new Quantity(qty.text(1), value));
    return hasOnly(qty, TWO);
  }

  /** False when an adjustment has a reason but no amount that can be read. */
  boolean adjustments(Segment cas, List<Adjustment> into) {
    return parts.adjustments(cas, into);
  }

  boolean period(Segment dtp, List<Period> into) {
    Period period = period(dtp, dtp.text(1), dtp.text(2), 3, dtp.text(3));
    if (period == null) {
      return false;
    }
    into.add(period);
    return hasOnly(dtp, PERIOD);
  }

  /** DTP02 and DTP03, or C022-3 and C022-4; null when they say no date or time that is known. */
  private @Nullable Period period(
      Segment segment, String qualifier, String format, int element, String text) {
    switch (format) {
      case "D8" -> {
        LocalDate day = values.date(segment, element, text);
        return day == null ? null : new Period(qualifier, day, null, null);
      }
      case "RD8" -> {
        if (text.length() != SPAN || text.charAt(DAY) != '-') {
          values.date(segment, element, "");
          return null;
        }
        LocalDate start = values.date(segment, element, text.substring(0, DAY));
        LocalDate end =
            start == null ? null : values.date(segment, element, text.substring(DAY + 1));
        return end == null ? null : new Period(qualifier, start, end, null);
      }
      case "DT" -> {
        LocalTime time = text.length() == DAY + 4 ? time(text.substring(DAY)) : null;
        if (time == null) {
          values.date(segment, element, "");
          return null;
        }
        LocalDate day = values.date(segment, element, text.substring(0, DAY));
        return day == null ? null : new Period(qualifier, day, null, time);
      }
      case "TM" -> {
        LocalTime time = text.length() == 4 ? time(text) : null;
        return time == null ? null : new Period(qualifier, null, null, time);
      }
      default -> {
        return null;
      }
    }
  }

  /** A time written HHMM, HHMMSS or with hundredths of a second; null when it is none. */
  static @Nullable LocalTime time(String text) {
    if (!text.matches("\\d{4}(\\d{2}(\\d{1,2})?)?")) {
      return null;
    }
    try {
      int hundredths =
          switch (text.length()) {
            case 7 -> number(text, 6, 7) * 10;
            case 8 -> number(text, 6, 8);
            default -> 0;
          };
      int second = text.length() > 4 ? number(text, 4, 6) : 0;
      return LocalTime.of(number(text, 0, 2), number(text, 2, 4), second, hundredths * 10_000_000);
    } catch (DateTimeException notOnTheClock) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** The composites of an HI. */
  boolean codes(Segment hi, List<HealthCode> into) {
    boolean whole = true;
    for (int i = 1; i <= hi.elements(); i++) {
      if (hi.has(i)) {
        whole &= code(hi, i, into);
      }
    }
    return whole;
  }

  private boolean code(Segment hi, int element, List<HealthCode> into) {
    List<String> sent = hi.components(element);
    int size = sent.size();
    Period when = null;
    boolean whole = size <= PRESENT_ON_ADMISSION;
    if (at(sent, DATE) != null) {
      when = period(hi, "", sent.get(DATE_QUALIFIER - 1), element, sent.get(DATE - 1));
      whole &= when != null && when.time() == null;
    } else {
      whole &= at(sent, DATE_QUALIFIER) == null;
    }
    String amountText = at(sent, AMOUNT);
    Money amount = amountText == null ? null : values.money(hi, element, amountText);
    String quantityText = at(sent, QUANTITY);
    BigDecimal quantity = quantityText == null ? null : values.quantity(hi, element, quantityText);
    whole &= (amountText == null) == (amount == null);
    whole &= (quantityText == null) == (quantity == null);
    whole &= at(sent, QUANTITY + 1) == null && at(sent, QUANTITY + 2) == null;
    String code = at(sent, 2);
    into.add(
        new HealthCode(
            sent.get(0),
            code == null ? "" : code,
            when == null ? null : when.start(),
            when == null ? null : when.end(),
            amount,
            quantity,
            at(sent, PRESENT_ON_ADMISSION)));
    return whole;
  }

  private static @Nullable String at(List<String> components, int number) {
    if (number > components.size()) {
      return null;
    }
    String text = components.get(number - 1);
    return text.isEmpty() ? null : text;
  }

  /** Whether a {@link org.openrcm.billing.Procedure} holds all of a C003. */
  static boolean holdsProcedure(Segment segment, int element) {
    if (segment.isEmpty(element)) {
      return true;
    }
    List<String> sent = segment.components(element);
    boolean gap = false;
    for (int i = 2; i < Math.min(sent.size(), PROCEDURE - 1); i++) {
      if (sent.get(i).isEmpty()) {
        gap = true;
      } else if (gap) {
        return false;
      }
    }
    return sent.size() <= PROCEDURE;
  }

  static PlanMembership membership(Segment sbr) {
    return new PlanMembership(
        sbr.textOrNull(1),
        sbr.textOrNull(2),
        sbr.textOrNull(3),
        sbr.textOrNull(4),
        sbr.textOrNull(5),
        sbr.textOrNull(9));
  }

  static boolean holdsMembership(Segment sbr) {
    return hasOnly(sbr, MEMBERSHIP);
  }

  PatientFacts facts(Segment pat) {
    return new PatientFacts(
        pat.textOrNull(1),
        pat.is(5, "D8") ? values.date(pat, 6) : null,
        pat.is(7, "01") ? values.quantity(pat, 8) : null,
        pat.is(9, "Y"));
  }

  static boolean holdsFacts(Segment pat, PatientFacts facts) {
    return hasOnly(pat, FACTS)
        && (facts.deathDate() != null || (pat.isEmpty(5) && pat.isEmpty(6)))
        && (facts.weight() != null || (pat.isEmpty(7) && pat.isEmpty(8)))
        && (facts.pregnant() || pat.isEmpty(9));
  }

  /** A segment as it was sent, in the delimiters that details have. */
  static Detail detail(Segment segment) {
    int last = segment.elements();
    while (last > 0 && segment.isEmpty(last)) {
      last--;
    }
    List<String> elements = new ArrayList<>(last);
    for (int i = 1; i <= last; i++) {
      elements.add(normal(segment, segment.text(i)));
    }
    return new Detail(segment.tag(), Parts.frozen(elements));
  }

  /** An element's text with {@code :} between components and {@code ^} between repetitions. */
  static String normal(Segment segment, String text) {
    char component = (char) (segment.delimiters().component() & 0xff);
    char repetition = (char) (segment.delimiters().repetition() & 0xff);
    String normal = component == ':' ? text : text.replace(component, ':');
    return repetition == '^' || repetition == 0 ? normal : normal.replace(repetition, '^');
  }
}
