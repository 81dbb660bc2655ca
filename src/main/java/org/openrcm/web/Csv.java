package org.openrcm.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes RFC 4180 lines that a spreadsheet shows and never runs: text that would start a formula
 * gets an apostrophe before it (OWASP ASVS 5.0 1.2.10).
 */
public final class Csv {
  private final Appendable out;

  public Csv(Appendable out) {
    this.out = out;
  }

  /** A line of values; null is an empty value, numbers stay numbers. */
  public void line(@Nullable Object... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(value(values[i]));
    }
    out.append("\r\n");
  }

  private static String value(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
