package org.openrcm.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claim;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.x12.X12Writer;

/**
 * The payments that are open. Each payer pays once a week, on a weekday of its own; a check is
 * written when it is full, when memory gets short, or at the end. No check is ever negative: what
 * would be is carried to the next one by PLB FB.
 */
final class Checks {
  private static final int FULL = 500;
  private static final long MOST_BYTES = 32L << 20;
  private static final int DAYS_TO_DECIDE = 9;
  private static final int WEEKS_AHEAD = 6;
  private static final String GUIDE = "005010X221A1";

  private static final String TABLE = "checks.tsv";
  private static final String HEADER =
      "file\ttrace\tpayer\tpayee\tclaims\tcharged\tpaid\tadjusted\tamount\n";

  private record Key(LocalDate day, String payer, String payee) {}

  private final OutFiles files;
  private final long firstControl;
  private final Map<Key, Check> open = new HashMap<>();
  private long bytes;
  private long interchanges;

  /**
   * Checks that go to these files.
   *
   * @param firstControl where ISA13 starts to count
   */
  Checks(OutFiles files, long firstControl) {
    this.files = files;
    this.firstControl = firstControl;
    files.add(TABLE, HEADER.getBytes(StandardCharsets.UTF_8));
  }

  /** The day on which a claim that came on one day is paid, so many weeks after the first. */
  static LocalDate payday(Payer payer, LocalDate received, int week) {
    DayOfWeek weekday = DayOfWeek.of(1 + Dice.of(0, "weekday", payer.id()).below(5));
    return received
        .plusDays(DAYS_TO_DECIDE)
        .with(TemporalAdjusters.nextOrSame(weekday))
        .plusWeeks(week);
  }

  /** Puts a claim on a check; with {@code alone} on one that has nothing else. */
  void pay(Claim claim, Payer payer, LocalDate day, ClaimPayment payment, boolean alone) {
    if (alone) {
      Check check = new Check(payer, day, claim);
      check.add(payment);
      if (check.amount().isNegative()) {
        Check next = of(claim, payer, day.plusWeeks(1));
        carry(check, next);
      }
      write(check);
      return;
    }
    Check check = of(claim, payer, day);
    int before = check.bytes();
    check.add(payment);
    bytes += check.bytes() - before;
    if (check.claims() >= FULL) {
      close(check);
    } else if (bytes > MOST_BYTES) {
      close(largest());
    }
  }

  /** A PLB on the check of that day. */
  void adjust(
      Claim claim, Payer payer, LocalDate day, String reason, String reference, Money amount) {
    of(claim, payer, day).adjust(reason, reference, amount);
  }

  private Check of(Claim claim, Payer payer, LocalDate day) {
    Key key = new Key(day, payer.id(), Check.payeeId(claim));
    return open.computeIfAbsent(key, unused -> new Check(payer, day, claim));
  }

  private Check largest() {
    Check largest = null;
    for (Check check : inOrder()) {
      largest = largest == null || check.bytes() > largest.bytes() ? check : largest;
    }
    if (largest == null) {
      throw new IllegalStateException("no check is open");
    }
    return largest;
  }

  private void close(Check check) {
    open.remove(new Key(check.day(), check.payer().id(), check.payeeId()));
    bytes -= check.bytes();
    if (check.amount().isNegative()) {
      carry(check, later(check));
    }
    write(check);
  }

  /** Brings a check to zero; without a next one the balance stays with the payer. */
  private static void carry(Check check, @Nullable Check next) {
    Money balance = check.amount();
    String reference = "FB" + check.payeeId() + check.day().toString().replace("-", "");
    check.adjust("FB", reference, balance);
    if (next != null) {
      next.adjust("FB", reference, balance.negated());
    }
  }

  private @Nullable Check later(Check check) {
    for (int week = 1; week <= WEEKS_AHEAD; week++) {
      LocalDate day = check.day().plusWeeks(week);
      Check next = open.get(new Key(day, check.payer().id(), check.payeeId()));
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  /** Writes what is open, the earliest first. */
  void closeAll() {
    for (Check check : inOrder()) {
      close(check);
    }
  }

  private List<Check> inOrder() {
    List<Check> checks = new ArrayList<>(open.values());
    checks.sort(
        Comparator.comparing(Check::day)
            .thenComparing(check -> check.payer().id())
            .thenComparing(Check::payeeId));
    return checks;
  }

  private void write(Check check) {
    String payer = Payer.plain(check.payer().id());
    String name = payer + ".835";
    long control = 1 + (firstControl + interchanges++) % 999_999_999L;
    String trace = payer.substring(0, Math.min(5, payer.length())) + "%09d".formatted(control);
    ByteArrayOutputStream bytesOut = new ByteArrayOutputStream();
    try (X12Writer out = new X12Writer(bytesOut)) {
      LocalDateTime at = check.day().atTime(6, 15);
      String payee = check.payeeId();
      out.beginInterchange(
          new X12Writer.Interchange("ZZ", payer, "ZZ", payee, at, control, false, "P"));
      out.beginGroup("HP", payer, payee, at, control, GUIDE);
      check.write(out, "0001", trace);
      out.endGroup();
      out.endInterchange();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.add(check.day(), name, bytesOut.toByteArray());
    files.add(TABLE, row(check, name, trace));
  }

  private static byte[] row(Check check, String name, String trace) {
    return String.join(
            "\t",
            check.day() + "/" + name,
            trace,
            check.payer().id(),
            check.payeeId(),
            Integer.toString(check.claims()),
            check.charged().toString(),
            check.paid().toString(),
            check.adjusted().toString(),
            check.amount() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** How many checks were written. */
  long written() {
    return interchanges;
  }
}
