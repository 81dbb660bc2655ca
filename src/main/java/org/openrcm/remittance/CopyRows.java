package org.openrcm.remittance;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Rows of one table in the text format of PostgreSQL's COPY, in memory until they are sent. Values
 * come in the order of the columns; {@link #endRow} ends each row.
 */
public final class CopyRows {
  private static final int FIRST_SIZE = 1 << 14;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;
  private boolean inRow;

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public void endRow() {
    room(1);
    bytes[length++] = '\n';
    inRow = false;
  }

  public CopyRows add(@Nullable String value) {
    start(value == null);
    if (value != null) {
      text(value, false);
    }
    return this;
  }

  public CopyRows add(long value) {
    start(false);
    ascii(Long.toString(value));
    return this;
  }

  public CopyRows add(UUID value) {
    start(false);
    ascii(value.toString());
    return this;
  }

  public CopyRows add(@Nullable BigDecimal value) {
    start(value == null);
    if (value != null) {
      ascii(value.toPlainString());
    }
    return this;
  }

  public CopyRows add(@Nullable LocalDate value) {
    start(value == null);
    if (value != null) {
      ascii(value.toString());
    }
    return this;
  }

  /** In cents. */
  public CopyRows add(@Nullable Money value) {
    start(value == null);
    if (value != null) {
      ascii(Long.toString(value.cents()));
    }
    return this;
  }

  /** As a text[]; null stays null. */
  public CopyRows add(@Nullable List<@Nullable String> values) {
    start(values == null);
    if (values == null) {
      return this;
    }
    room(2);
    bytes[length++] = '{';
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (i > 0) {
        ascii(",");
      }
      if (value == null) {
        ascii("NULL");
      } else {
        ascii("\"");
        text(value, true);
        ascii("\"");
      }
    }
    ascii("}");
    return this;
  }

  private void start(boolean isNull) {
    room(3);
    if (inRow) {
      bytes[length++] = '\t';
    }
    inRow = true;
    if (isNull) {
      bytes[length++] = '\\';
      bytes[length++] = 'N';
    }
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void text(String text, boolean inList) {
    // an escaped character takes at most four bytes, any other at most three
    room(text.length() * 4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped('\\', inList);
        case '"' -> {
          if (inList) {
            escaped('"', true);
          } else {
            bytes[length++] = '"';
          }
        }
        case '\n' -> escaped('n', false);
        case '\r' -> escaped('r', false);
        case '\t' -> escaped('t', false);
        default -> {
          if (c < 128) {
            bytes[length++] = (byte) c;
          } else {
            i = beyondAscii(text, i);
          }
        }
      }
    }
  }

  /** COPY takes one backslash before a character away, a list in it takes another. */
  private void escaped(char c, boolean inList) {
    bytes[length++] = '\\';
    if (inList) {
      bytes[length++] = '\\';
      if (c == '\\') {
        bytes[length++] = '\\';
      }
    }
    bytes[length++] = (byte) c;
  }

  /** Writes the character at {@code at} as UTF-8 and answers where its last half stands. */
  private int beyondAscii(String text, int at) {
    char c = text.charAt(at);
    boolean pair =
        Character.isHighSurrogate(c)
            && at + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(at + 1));
    String one = pair ? text.substring(at, at + 2) : String.valueOf(c);
    byte[] utf8 = one.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return pair ? at + 1 : at;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
