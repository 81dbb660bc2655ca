package org.openrcm.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;

/** Figures and times as pages show them; templates reach it as {@code @format}. */
@Component("format")
public class Format {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.US);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm a", Locale.US);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm:ss a", Locale.US);
  private static final int KILO = 1024;

  /** Between the words of a name that has no spaces. */
  private static final Pattern WORD_BREAK = Pattern.compile("_|(?<=\\p{Ll})(?=\\p{Lu})");

  /** With commas, negative in parentheses, without the dollar sign; empty for null. */
  public String money(@Nullable Money money) {
    if (money == null) {
      return "";
    }
    String text = String.format(Locale.US, "%,.2f", money.toDecimal().abs());
    return money.isNegative() ? "(" + text + ")" : text;
  }

  /** An amount in cents, as {@link #money(Money)}. */
  public String cents(@Nullable Long cents) {
    return cents == null ? "" : money(Money.ofCents(cents));
  }

  public String count(long number) {
    return String.format(Locale.US, "%,d", number);
  }

  /** Such as {@code Mar 4, 2026}; empty for null. */
  public String day(@Nullable LocalDate day) {
    return day == null ? "" : DAY.format(day);
  }

  /** In the server's time zone; empty for null. */
  public String time(@Nullable Instant time) {
    return time == null ? "" : TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  /** As {@link #time}, to the second. */
  public String moment(@Nullable Instant time) {
    return time == null ? "" : moment(time, ZoneId.systemDefault());
  }

  /** As {@link #moment(Instant)}, in another time zone. */
  public String moment(Instant time, ZoneId zone) {
    return MOMENT.format(time.atZone(zone));
  }

  /** A number of bytes, such as {@code 1.4 MB}. */
  public String size(long bytes) {
    if (bytes < KILO) {
      return bytes + " bytes";
    }
    String[] units = {"KB", "MB", "GB", "TB"};
    double amount = (double) bytes / KILO;
    int unit = 0;
    while (amount >= KILO && unit < units.length - 1) {
      amount /= KILO;
      unit++;
    }
    return String.format(Locale.US, "%.1f %s", amount, units[unit]);
  }

  /**
   * A name of the program's own as words: {@code Check posted} for {@code CHECK_POSTED}, {@code
   * Journal entry} for {@code JournalEntry}. What is words already stays.
   */
  public String words(String name) {
    if (name.isEmpty() || name.contains(" ")) {
      return name;
    }
    String words = WORD_BREAK.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** The word with the number before it: {@code 1 claim}, {@code 38 claims}. */
  public String plural(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }
}
