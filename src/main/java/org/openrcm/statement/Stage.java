package org.openrcm.statement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a statement speaks, by how long the patient has been asked to pay: {@code
 * rules/dunning-stage.tsv} has when each begins, and its words.
 */
public enum Stage {
  FIRST,
  REMINDER,
  PAST_DUE,
  FINAL_NOTICE;

  private static final Map<Stage, Row> ROWS =
      read(
          RuleFile.rows(
              "dunning-stage",
              "stage",
              "earlier",
              "days",
              "title",
              "title_es",
              "text",
              "text_es",
              "facility",
              "facility_es"));

  /** What the file says of a stage. */
  record Row(int earlier, int days, Words title, Words text, Words facility) {

    boolean isAfter(Row before) {
      return earlier > before.earlier && days > before.days;
    }
  }

  /**
   * The last stage that is reached.
   *
   * @param earlier how many statements of the balance went before
   * @param days since the first of them; zero when there is none
   */
  public static Stage of(int earlier, long days) {
    Stage reached = FIRST;
    for (Stage stage : values()) {
      if (earlier >= stage.earlier() && days >= stage.days()) {
        reached = stage;
      }
    }
    return reached;
  }

  /** How many statements must have gone before. */
  public int earlier() {
    return row().earlier();
  }

  /** How many days must have passed since the first of them. */
  public int days() {
    return row().days();
  }

  public String title(Language language) {
    return row().title().in(language);
  }

  public String text(Language language) {
    return row().text().in(language);
  }

  /** What hospitals that must offer financial assistance add (26 CFR 1.501(r)-6). */
  public Optional<String> facilityText(Language language) {
    return Optional.of(row().facility().in(language)).filter(text -> !text.isEmpty());
  }

  private Row row() {
    return Objects.requireNonNull(ROWS.get(this));
  }

  static Map<Stage, Row> read(List<RuleFile.Row> lines) {
    Map<Stage, Row> rows = new EnumMap<>(Stage.class);
    Row before = null;
    for (RuleFile.Row line : lines) {
      Stage stage = values()[Math.min(rows.size(), values().length - 1)];
      if (rows.containsKey(stage) || !line.text("stage").equals(stage.name())) {
        throw line.wrong("the stages must be %s in this order".formatted(List.of(values())));
      }
      Row row =
          new Row(
              line.number("earlier"),
              line.number("days"),
              line.words("title"),
              line.words("text"),
              line.optionalWords("facility"));
      if (before == null ? row.earlier() != 0 || row.days() != 0 : !row.isAfter(before)) {
        throw line.wrong("a stage must begin after the one before it, the first one at once");
      }
      rows.put(stage, row);
      before = row;
    }
    if (rows.size() < values().length) {
      throw lines.get(lines.size() - 1).wrong("a stage is missing");
    }
    return rows;
  }
}
