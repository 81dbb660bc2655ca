package org.openrcm.letter;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.contact.Purpose;
import org.openrcm.statement.Language;
import org.openrcm.statement.RuleFile;

/** What made a letter necessary; {@code rules/letter.tsv} has its words. */
public enum Stage {
  IN_COLLECTIONS("Went to collections"),
  PROMISE_BROKEN("Promise not kept"),
  INSTALMENT_MISSED("Instalment missed");

  private static final List<Row> ROWS =
      RuleFile.rows(
              "letter",
              "stage",
              "from",
              "to",
              "purpose",
              "grace",
              "title",
              "title_es",
              "text",
              "text_es")
          .stream()
          .map(
              row ->
                  new Row(
                      valueOf(row.text("stage")),
                      row.day("from"),
                      row.day("to"),
                      Purpose.valueOf(row.text("purpose")),
                      row.number("grace"),
                      List.of(row.text("title"), row.text("title_es")),
                      List.of(row.text("text"), row.text("text_es"))))
          .toList();

  private final String label;

  /** As it is written for some time; English first. */
  record Row(
      Stage stage,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      Purpose purpose,
      int grace,
      List<String> titles,
      List<String> texts) {

    String title(Language language) {
      return titles.get(language == Language.ES ? 1 : 0);
    }

    String text(Language language) {
      return texts.get(language == Language.ES ? 1 : 0);
    }
  }

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** For how many days after what was due it may still come before the letter is wanted. */
  public int grace(LocalDate day) {
    return on(day).grace();
  }

  /** As it is written on a day. */
  Row on(LocalDate day) {
    return ROWS.stream()
        .filter(
            row ->
                row.stage() == this
                    && (row.from() == null || !day.isBefore(row.from()))
                    && (row.to() == null || !day.isAfter(row.to())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no letter of " + this + " on " + day));
  }
}
