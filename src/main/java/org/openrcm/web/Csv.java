package org.openrcm.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** A CSV that the browser keeps as a file of this name. */
  public static Csv download(HttpServletResponse response, String fileName) throws IOException {
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    return new Csv(response.getWriter());
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

  /** A text that no spreadsheet takes for a formula. */
  static String shown(String text) {
    return !text.isEmpty() && "=+-@\t\r\n\0".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String value(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof Number ? value.toString() : shown(value.toString());
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
