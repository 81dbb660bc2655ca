package org.openrcm.statement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Notices whose letters the fonts of paper lack, or that need to be joined, stacked or set from the
 * right: their outlines, from {@code rules/language-notice-drawn.tsv}, set in lines around the
 * phone number. A renderer of PDF knows none of this, and the sentences are ours and few.
 */
final class DrawnNotices {
  /** Points, as paper.css sets the others. */
  private static final int SIZE = 9;

  /** In how many parts the size is divided. */
  static final int EM = 500;

  private static final BigDecimal SCALE =
      BigDecimal.valueOf(SIZE).divide(BigDecimal.valueOf(EM), 4, RoundingMode.UNNECESSARY);

  /** What a page has between its margins, as paper.css says. */
  private static final int WIDTH = EM * 72 / 10 * 72 / SIZE;

  private static final int SPACE = EM / 4;
  private static final int LEADING = EM / 7;

  /** What a line has at least, as one of Latin letters. */
  private static final int BELOW = EM / 5;

  private static final int ABOVE = EM * 4 / 5;
  private static final String UNKNOWN = "?";

  /** As many as a batch needs, and not those of all practices for ever. */
  private static final int KEPT = 300;

  private static final String LETTERS_OF_NUMBERS = "phone";
  private static final Map<String, List<Piece>> BY_LANGUAGE = pieces();
  private static final Map<String, Piece> OF_NUMBERS = ofNumbers();
  private static final Map<Key, Picture> DRAWN = new ConcurrentHashMap<>();

  /**
   * What stays together.
   *
   * @param then what follows it: a space, a place where a line may end, or nothing
   * @param glyphs operators of PDF that draw it, from where the pen stands
   */
  private record Piece(String then, String text, int advance, int below, int above, String glyphs) {

    boolean isPhone() {
      return text.equals(LanguageNotices.PHONE);
    }

    int space() {
      return then.equals("space") ? SPACE : 0;
    }
  }

  private record Key(String language, String phone) {}

  /**
   * A notice in lines.
   *
   * @param operators of PDF, deflated; its corner at the left below is 0, 0
   * @param width in hundredths of a point
   * @param height likewise
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Picture(byte[] operators, int width, int height) {}

  private DrawnNotices() {}

  static boolean has(String language) {
    return BY_LANGUAGE.containsKey(language);
  }

  /** What is drawn in a language, as text: the pieces in the order in which they are read. */
  static String text(String language) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : of(language)) {
      text.append(piece.text()).append(piece.then().equals("space") ? " " : "");
    }
    return text.toString().strip();
  }

  static Picture of(String language, String phone) {
    if (DRAWN.size() >= KEPT) {
      DRAWN.clear();
    }
    return DRAWN.computeIfAbsent(new Key(language, phone), DrawnNotices::draw);
  }

  private static List<Piece> of(String language) {
    return Objects.requireNonNull(BY_LANGUAGE.get(language), language);
  }

  private static Picture draw(Key key) {
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : of(key.language())) {
      pieces.add(piece.isPhone() ? number(Letters.printable(key.phone()), piece.then()) : piece);
    }
    int below = Math.max(BELOW, pieces.stream().mapToInt(Piece::below).max().orElse(0));
    int above = Math.max(ABOVE, pieces.stream().mapToInt(Piece::above).max().orElse(0));
    int line = below + above + LEADING;
    List<List<Piece>> lines = lines(pieces);
    boolean fromRight = LanguageNotices.isFromRight(key.language());
    StringBuilder out = new StringBuilder();
    // as dark as the text around
    out.append("0.067 g %1$s 0 0 %1$s 0 0 cm\n".formatted(SCALE));
    for (int i = 0; i < lines.size(); i++) {
      int y = (lines.size() - 1 - i) * line + below + LEADING / 2;
      int x = fromRight ? WIDTH : 0;
      for (Piece piece : lines.get(i)) {
        int left = fromRight ? x - piece.advance() : x;
        out.append("q %s%sQ\n".formatted(move(left, y), piece.glyphs()));
        int step = piece.advance() + piece.space();
        x += fromRight ? -step : step;
      }
    }
    return new Picture(
        deflated(out.toString()), hundredths(WIDTH), hundredths(lines.size() * line));
  }

  private static int hundredths(int parts) {
    return parts * SIZE * 100 / EM;
  }

  /** A number, which is read from the left everywhere, and which no line tears apart. */
  private static Piece number(String phone, String then) {
    StringBuilder glyphs = new StringBuilder();
    int x = 0;
    for (String letter : phone.codePoints().mapToObj(Character::toString).toList()) {
      if (letter.isBlank()) {
        x += SPACE;
        continue;
      }
      Piece drawn = OF_NUMBERS.get(letter);
      if (drawn == null) {
        drawn = Objects.requireNonNull(OF_NUMBERS.get(UNKNOWN));
      }
      glyphs.append("q %s%sQ ".formatted(move(x, 0), drawn.glyphs()));
      x += drawn.advance();
    }
    return new Piece(then, phone, x, 0, 0, glyphs.toString());
  }

  private static List<List<Piece>> lines(List<Piece> pieces) {
    List<List<Piece>> lines = new ArrayList<>();
    List<Piece> line = new ArrayList<>();
    List<Piece> word = new ArrayList<>();
    int used = 0;
    for (Piece piece : pieces) {
      word.add(piece);
      if (piece.then().equals("none")) {
        continue;
      }
      int wide = word.stream().mapToInt(Piece::advance).sum();
      if (used + wide > WIDTH && !line.isEmpty()) {
        lines.add(line);
        line = new ArrayList<>();
        used = 0;
      }
      line.addAll(word);
      used += wide + piece.space();
      word.clear();
    }
    line.addAll(word);
    lines.add(line);
    return lines;
  }

  private static byte[] deflated(String operators) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(operators.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static String move(int x, int y) {
    return x == 0 && y == 0 ? "" : "1 0 0 1 " + x + " " + y + " cm ";
  }

  private static Map<String, List<Piece>> pieces() {
    Map<String, String> paths = new HashMap<>();
    for (RuleFile.Row row : RuleFile.rows("language-notice-glyphs", "number", "path")) {
      paths.put(row.text("number"), row.text("path"));
    }
    Map<String, List<Piece>> pieces = new HashMap<>();
    for (RuleFile.Row row :
        RuleFile.rows(
            "language-notice-drawn",
            "language",
            "then",
            "text",
            "advance",
            "below",
            "above",
            "glyphs")) {
      pieces
          .computeIfAbsent(row.text("language"), language -> new ArrayList<>())
          .add(
              new Piece(
                  row.text("then"),
                  row.text("text"),
                  row.number("advance"),
                  row.number("below"),
                  row.number("above"),
                  glyphs(row, paths)));
    }
    return pieces;
  }

  /** Each letter from where the one before stood: the same letters then have the same bytes. */
  private static String glyphs(RuleFile.Row row, Map<String, String> paths) {
    StringBuilder glyphs = new StringBuilder();
    int x = 0;
    int y = 0;
    String[] placed = row.text("glyphs").split(" ", -1);
    for (int i = 0; i + 2 < placed.length; i += 3) {
      String path = paths.get(placed[i]);
      if (path == null) {
        throw row.wrong("there is no glyph " + placed[i]);
      }
      int right = Integer.parseInt(placed[i + 1]);
      int up = Integer.parseInt(placed[i + 2]);
      glyphs.append(move(right - x, up - y)).append(path).append(" f ");
      x = right;
      y = up;
    }
    return glyphs.toString();
  }

  private static Map<String, Piece> ofNumbers() {
    Map<String, Piece> letters = new HashMap<>();
    for (Piece piece : Objects.requireNonNull(BY_LANGUAGE.remove(LETTERS_OF_NUMBERS))) {
      letters.put(piece.text(), piece);
    }
    return letters;
  }
}
