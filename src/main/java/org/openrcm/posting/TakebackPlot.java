package org.openrcm.posting;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openrcm.web.Format;

/**
 * The balance of a takeback as a line of steps over its checks, for an SVG.
 *
 * @param zero where the line of zero lies
 * @param path of the balance
 * @param alt what it shows, for those who do not see it
 */
record TakebackPlot(int width, int height, int zero, String path, List<Point> points, String alt) {
  private static final int LEFT = 24;
  private static final int NARROW = 132;
  private static final int WIDE = 220;
  private static final int USUAL = 900;
  private static final int TOP = 28;
  private static final int BOTTOM = 140;
  private static final int HEIGHT = 208;
  private static final int LABEL = 8;
  private static final int UNDER = 18;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.US);

  /**
   * A balance once something happened; its label stands beside it.
   *
   * @param day empty, as is the check, where it is still that of the point before
   */
  record Point(int x, int y, int labelY, String label, String day, String check) {}

  /** Of the steps that change the balance; at least one. */
  static TakebackPlot of(List<TakebackStory.Step> steps) {
    List<TakebackStory.Step> moved = steps.stream().filter(each -> each.change() != null).toList();
    long most = Math.max(0, moved.stream().mapToLong(TakebackStory.Step::balance).max().orElse(0));
    long least = Math.min(0, moved.stream().mapToLong(TakebackStory.Step::balance).min().orElse(0));
    long span = Math.max(1, most - least);
    int zero = y(0, most, span);
    int apart = Math.max(NARROW, Math.min(WIDE, USUAL / (moved.size() + 1)));
    int width = LEFT + apart * (moved.size() + 1);
    StringBuilder path = new StringBuilder("M0 " + zero);
    List<Point> points = new ArrayList<>();
    StringBuilder alt = new StringBuilder("It begins with nothing");
    for (int i = 0; i < moved.size(); i++) {
      TakebackStory.Step step = moved.get(i);
      int x = LEFT + apart * i;
      int y = y(step.balance(), most, span);
      path.append("H").append(x).append("V").append(y);
      String amount = amount(step.balance());
      boolean another = i == 0 || !Objects.equals(step.check(), moved.get(i - 1).check());
      points.add(
          new Point(
              x,
              y,
              step.balance() < 0 ? y + UNDER : y - LABEL,
              amount,
              another ? DAY.format(step.day()) : "",
              another && step.check() != null ? step.check().label() : ""));
      alt.append("; ").append(DAY.format(step.day())).append(": ").append(amount);
    }
    return new TakebackPlot(
        width, HEIGHT, zero, path.append("H").append(width).toString(), points, alt + ".");
  }

  private static String amount(long cents) {
    return new Format().cents(cents);
  }

  private static int y(long cents, long most, long span) {
    return (int) (TOP + Math.multiplyExact(most - cents, BOTTOM - TOP) / span);
  }
}
