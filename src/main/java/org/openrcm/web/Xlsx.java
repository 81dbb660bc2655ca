package org.openrcm.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines into a spreadsheet (Office Open XML) as they come, and keeps only the last of them
 * in memory. Numbers stay numbers and days days; a text is one that no program runs, also when it
 * is copied out of its cell, as in {@link Csv}.
 */
public final class Xlsx implements Closeable {
  /** A sheet ends at 1,048,576. */
  private static final int LINES = 1_000_000;

  private static final int AT_ONCE = 1000;

  /** A cell takes no more. */
  private static final int LETTERS = 32_000;

  private final Workbook book;
  private Worksheet sheet;
  private int sheets = 1;
  private int line;

  public Xlsx(OutputStream out) {
    book = new Workbook(out, "OpenRCM", "1.0");
    sheet = book.newWorksheet("1");
  }

  /** A spreadsheet that the browser keeps as a file of this name. */
  public static Xlsx download(HttpServletResponse response, String fileName) throws IOException {
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    return new Xlsx(response.getOutputStream());
  }

  /** A line of values; null is an empty cell. */
  public void line(@Nullable Object... values) throws IOException {
    if (line == LINES) {
      sheet.finish();
      sheets++;
      line = 0;
      sheet = book.newWorksheet(Integer.toString(sheets));
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        put(i, value);
      }
    }
    line++;
    if (line % AT_ONCE == 0) {
      sheet.flush();
    }
  }

  private void put(int column, Object value) {
    if (value instanceof Number number) {
      sheet.value(line, column, number);
      if (number instanceof BigDecimal decimal && decimal.scale() > 0) {
        sheet.style(line, column).format("#,##0." + "0".repeat(decimal.scale())).set();
      }
    } else if (value instanceof LocalDate day) {
      sheet.value(line, column, day);
      sheet.style(line, column).format("yyyy-mm-dd").set();
    } else {
      sheet.value(line, column, text(value.toString()));
    }
  }

  /** Without what XML 1.0 does not know. */
  private static String text(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(Xlsx::isKnown).limit(LETTERS).forEach(kept::appendCodePoint);
    return Csv.shown(kept.toString());
  }

  private static boolean isKnown(int letter) {
    return letter == '\n'
        || letter == '\t'
        || (letter >= ' '
            && letter != 0xFFFE
            && letter != 0xFFFF
            && (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE));
  }

  @Override
  public void close() throws IOException {
    book.close();
  }
}
