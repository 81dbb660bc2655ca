package org.openrcm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The document: prose that people write, and between markers the figures that benches write. */
final class PerformancePage {
  private static final Pattern FIGURES =
      Pattern.compile("(<!-- figures: (\\S+) -->\n)(.*?)(<!-- end -->\n)", Pattern.DOTALL);

  private String text;

  private PerformancePage(String text) {
    this.text = text;
  }

  static PerformancePage read(Path file) throws IOException {
    return new PerformancePage(Files.readString(file));
  }

  /** The sections that it has a place for, in its order. */
  List<String> titles() {
    return FIGURES.matcher(text).results().map(found -> found.group(2)).toList();
  }

  /** Puts these figures in the place of those that it had. */
  void put(String title, String figures) {
    text =
        FIGURES
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(2).equals(title)
                            ? found.group(1) + "\n" + figures + "\n" + found.group(4)
                            : found.group()));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text);
  }
}
