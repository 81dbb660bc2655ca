package org.openrcm.statement;

import static java.lang.Character.NON_SPACING_MARK;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Draws the notices whose letters the fonts of paper lack, once: {@code
 * rules/language-notice-drawn.tsv} and {@code -glyphs.tsv} keep the outlines, so that whoever
 * prints needs none of these fonts. To be run again when a line of {@code
 * rules/language-notice.tsv} changes, on Debian with {@code apt-get install fonts-noto-core
 * fonts-noto-cjk}:
 *
 * <pre>mvn test -Dtest=DrawNotices</pre>
 *
 * <p>No test by its name, so that no other build runs it.
 */
class DrawNotices {
  private static final Path RULES = Path.of("src", "main", "resources", "rules");
  private static final Path NOTO = Path.of("/usr/share/fonts/truetype/noto");
  private static final Path CJK = Path.of("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");

  /** Which of Noto's fonts has the letters of a language. */
  private static final Map<String, String> FONTS =
      Map.ofEntries(
          Map.entry("am", "Ethiopic"),
          Map.entry("ar", "Arabic"),
          Map.entry("bn", "Bengali"),
          Map.entry("fa", "Arabic"),
          Map.entry("gu", "Gujarati"),
          Map.entry("hi", "Devanagari"),
          Map.entry("hy", "Armenian"),
          Map.entry("km", "Khmer"),
          Map.entry("ksw", "Myanmar"),
          Map.entry("lo", "Lao"),
          Map.entry("my", "Myanmar"),
          Map.entry("ne", "Devanagari"),
          Map.entry("pa", "Gurmukhi"),
          Map.entry("te", "Telugu"),
          Map.entry("th", "Thai"),
          Map.entry("ur", "Arabic"),
          Map.entry("yi", "Hebrew"));

  /** Where the font of four countries has the letters as they write them. */
  private static final Map<String, Integer> IN_CJK = Map.of("ja", 0, "ko", 1, "zh", 3);

  /** Who writes without spaces between words: lines break where a dictionary says. */
  private static final Set<String> WITHOUT_SPACES = Set.of("ja", "km", "lo", "my", "th", "zh");

  private static final int EM = DrawnNotices.EM;
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
  private static final String PHONE = LanguageNotices.PHONE;

  /** A digit, for the breaking of lines: between it and a full stop there is none. */
  private static final String STAND_IN = "0";

  /** Of an instance: who only asks what must be drawn needs none of these fonts. */
  private final Font latin = font("");

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private static final String GLYPHS =
      """
      # Outlines of letters for language-notice-drawn.tsv, made with it by DrawNotices of the tests from Noto fonts and Liberation
      # Sans: do not edit. They come under the SIL Open Font License 1.1 (language-notice-OFL.txt), and so does this file.
      # path: operators of PDF, in 500ths of the size of the letters.
      number\tpath
      """;

  private static final String DRAWN =
      """
      # The notices of language-notice.tsv whose letters the fonts of paper lack, and what a phone number is written with
      # (language "phone"). Made by DrawNotices of the tests: do not edit.
      # then: what follows a piece: space, break (a line may end here) or none. advance, below and above the line: in 500ths of the
      # size of the letters. glyphs: of each its number in language-notice-glyphs.tsv, how far to the right and how far up.
      language\tthen\ttext\tadvance\tbelow\tabove\tglyphs
      """;

  @Test
  void draw() throws IOException {
    StringBuilder rows = new StringBuilder(DRAWN);
    Font liberation = liberation();
    for (char letter = '!'; letter <= '\u00ff'; letter++) {
      if (letter < '\u007f' || letter > '\u00a0' && letter != '\u00ad') {
        rows.append(row("phone", "none", drawn(liberation, String.valueOf(letter), false)));
      }
    }
    for (LanguageNotices.Notice notice : LanguageNotices.all()) {
      if (mustBeDrawn(notice, liberation)) {
        notice(notice).forEach(rows::append);
      }
    }
    StringBuilder glyphs = new StringBuilder(GLYPHS);
    numbers.forEach((path, number) -> glyphs.append(number).append('\t').append(path).append('\n'));
    Files.writeString(RULES.resolve("language-notice-drawn.tsv"), rows);
    Files.writeString(RULES.resolve("language-notice-glyphs.tsv"), glyphs);
  }

  /** Letters that the font lacks, accents that it would set beside them, another order. */
  static boolean mustBeDrawn(LanguageNotices.Notice notice, Font font) {
    String composed = Normalizer.normalize(notice.text(), Normalizer.Form.NFC);
    return notice.direction().equals("rtl")
        || font.canDisplayUpTo(composed) >= 0
        || composed.codePoints().anyMatch(each -> Character.getType(each) == NON_SPACING_MARK);
  }

  private List<String> notice(LanguageNotices.Notice notice) {
    Font font = font(notice.code());
    boolean fromRight = notice.direction().equals("rtl");
    List<String> rows = new ArrayList<>();
    for (String word : words(notice)) {
      String text = word.strip();
      String then = text.length() < word.length() ? "space" : "break";
      int phone = text.indexOf(PHONE);
      if (phone < 0) {
        rows.add(row(notice.code(), then, drawn(font, text, fromRight)));
        continue;
      }
      String before = text.substring(0, phone);
      String after = text.substring(phone + PHONE.length());
      if (!before.isEmpty()) {
        rows.add(row(notice.code(), "none", drawn(font, before, fromRight)));
      }
      rows.add(row(notice.code(), after.isEmpty() ? then : "none", Drawn.PHONE_NUMBER));
      if (!after.isEmpty()) {
        rows.add(row(notice.code(), then, drawn(font, after, fromRight)));
      }
    }
    return rows;
  }

  /** What no line may end within, each with the space that follows it. */
  private static List<String> words(LanguageNotices.Notice notice) {
    String text = notice.text();
    if (!WITHOUT_SPACES.contains(notice.code())) {
      return List.of(text.split("(?<= )", -1));
    }
    String numbered = text.replace(PHONE, STAND_IN);
    BreakIterator breaks =
        BreakIterator.getLineInstance(ULocale.forLanguageTag(notice.code() + "-u-lw-phrase"));
    breaks.setText(numbered);
    List<String> words = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      words.add(numbered.substring(from, to).replace(STAND_IN, PHONE));
      from = to;
    }
    return words;
  }

  private record Drawn(String text, int advance, int below, int above, String glyphs) {
    static final Drawn PHONE_NUMBER = new Drawn(PHONE, 0, 0, 0, "-");
  }

  private Drawn drawn(Font font, String text, boolean fromRight) {
    List<GlyphVector> runs = runs(font, text, fromRight);
    if (fromRight) {
      Collections.reverse(runs);
    }
    Rectangle2D bounds = new Rectangle2D.Double();
    StringBuilder placed = new StringBuilder();
    double advance = 0;
    for (GlyphVector run : runs) {
      for (int i = 0; i < run.getNumGlyphs(); i++) {
        Point2D at = run.getGlyphPosition(i);
        String path = path(run.getGlyphOutline(i, (float) -at.getX(), (float) -at.getY()));
        if (!path.isEmpty()) {
          placed.append(number(path)).append(' ');
          placed.append(Math.round(advance + at.getX())).append(' ');
          placed.append(Math.round(-at.getY())).append(' ');
        }
      }
      bounds.add(run.getOutline().getBounds2D());
      advance += run.getGlyphPosition(run.getNumGlyphs()).getX();
    }
    return new Drawn(
        text,
        (int) Math.round(advance),
        (int) Math.max(0, Math.ceil(bounds.getMaxY())),
        (int) Math.max(0, Math.ceil(-bounds.getMinY())),
        placed.isEmpty() ? "-" : placed.toString().strip());
  }

  private int number(String path) {
    return numbers.computeIfAbsent(path, added -> numbers.size() + 1);
  }

  /** Fonts of other scripts have no comma of ours: that is Noto Sans's. */
  private List<GlyphVector> runs(Font font, String text, boolean fromRight) {
    List<GlyphVector> runs = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      Font one = has(font, text.charAt(from)) ? font : latin;
      int to = from;
      while (to < text.length() && (has(font, text.charAt(to)) ? font : latin).equals(one)) {
        if (!has(one, text.charAt(to))) {
          throw new IllegalStateException(
              "%s has no U+%04X of %s".formatted(one.getName(), (int) text.charAt(to), text));
        }
        to++;
      }
      runs.add(
          one.layoutGlyphVector(
              EXACT,
              text.toCharArray(),
              from,
              to,
              fromRight ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT));
      from = to;
    }
    return runs;
  }

  private static boolean has(Font font, char letter) {
    return Character.isIdentifierIgnorable(letter) || font.canDisplay(letter);
  }

  /** In PDF y grows upwards, and there are no curves of second degree. */
  private static String path(Shape outline) {
    StringBuilder path = new StringBuilder();
    double[] at = new double[6];
    double x = 0;
    double y = 0;
    for (PathIterator each = outline.getPathIterator(null); !each.isDone(); each.next()) {
      switch (each.currentSegment(at)) {
        case PathIterator.SEG_MOVETO -> add(path, "m", at[0], at[1]);
        case PathIterator.SEG_LINETO -> add(path, "l", at[0], at[1]);
        case PathIterator.SEG_QUADTO ->
            add(
                path,
                "c",
                x + 2 * (at[0] - x) / 3,
                y + 2 * (at[1] - y) / 3,
                at[2] + 2 * (at[0] - at[2]) / 3,
                at[3] + 2 * (at[1] - at[3]) / 3,
                at[2],
                at[3]);
        case PathIterator.SEG_CUBICTO -> add(path, "c", at[0], at[1], at[2], at[3], at[4], at[5]);
        default -> {
          // what is filled is closed
        }
      }
      int last = each.currentSegment(at);
      if (last != PathIterator.SEG_CLOSE) {
        int end = last == PathIterator.SEG_CUBICTO ? 4 : last == PathIterator.SEG_QUADTO ? 2 : 0;
        x = at[end];
        y = at[end + 1];
      }
    }
    return path.toString().strip();
  }

  private static void add(StringBuilder path, String operator, double... at) {
    for (int i = 0; i < at.length; i++) {
      path.append(Math.round(i % 2 == 0 ? at[i] : -at[i])).append(' ');
    }
    path.append(operator).append(' ');
  }

  private static String row(String language, String then, Drawn drawn) {
    return String.join(
            "\t",
            language,
            then,
            drawn.text(),
            Integer.toString(drawn.advance()),
            Integer.toString(drawn.below()),
            Integer.toString(drawn.above()),
            drawn.glyphs())
        + "\n";
  }

  private static Font font(String language) {
    try {
      Font font;
      if (IN_CJK.containsKey(language)) {
        font = Font.createFonts(CJK.toFile())[IN_CJK.get(language)];
      } else {
        String name = "NotoSans" + FONTS.getOrDefault(language, "") + "-Regular.ttf";
        font = Font.createFont(Font.TRUETYPE_FONT, NOTO.resolve(name).toFile());
      }
      return font.deriveFont((float) EM);
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("the font for " + language + " cannot be read", e);
    }
  }

  static Font liberation() {
    try (InputStream in =
        DrawNotices.class.getResourceAsStream("/liberation/LiberationSans-Regular.ttf")) {
      return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont((float) EM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
