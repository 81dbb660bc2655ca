package org.openrcm.contact;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openrcm.statement.RuleFile;

/**
 * What has to be said, and how: {@code rules/contact-script.tsv}. A message that others may hear
 * tells nothing of a debt (12 CFR 1006.2(j)), every call says who calls (1006.14(g)), a debt
 * collector says so (1006.18(e)), and every text and e-mail how to end them (1006.6(e)).
 */
public final class Scripts {
  private static final Map<String, Row> ROWS = read();

  private record Row(String text, String spanish) {}

  private Scripts() {}

  /** The parts that can be said. */
  public enum Part {
    /** At the beginning of a call. */
    IDENTITY,
    /** On a machine, or to somebody else. */
    MESSAGE,
    /** Of a debt collector, in the first communication. */
    FIRST_DISCLOSURE,
    /** And in every one after it. */
    LATER_DISCLOSURE,
    /** At the end of a text; of an e-mail. */
    TEXT_REFUSAL,
    EMAIL_REFUSAL,
    /** The one confirmation that a refusal is heard. */
    CONFIRMATION
  }

  /**
   * What to say on a call.
   *
   * @param language {@code en} or {@code es}
   * @param disclosure empty where none is due
   */
  record Said(String language, String identity, String disclosure, String message) {}

  /**
   * A part in a language, with its tokens: {@code {agent}} who collects, {@code {name}} who speaks,
   * {@code {phone}} to call back.
   *
   * @param language {@code en} or {@code es}
   */
  public static String text(Part part, String language) {
    Row row = Objects.requireNonNull(ROWS.get(part.name()));
    return language.equals("es") ? row.spanish() : row.text();
  }

  /** What a debt collector must say of itself (C15); empty for whom the law does not ask it of. */
  static String disclosure(CollectorRole role, boolean first, String language) {
    return role == CollectorRole.THIRD_PARTY
        ? text(first ? Part.FIRST_DISCLOSURE : Part.LATER_DISCLOSURE, language)
        : "";
  }

  /** For a call now. */
  static Said of(
      Setting setting, Facts facts, String language, String practice, String phone, String person) {
    String agent = setting.agent().isEmpty() ? practice : setting.agent();
    boolean first = facts.log().stream().noneMatch(DebtRules::isCommunication);
    String spoken = language.equals("es") ? "es" : "en";
    return new Said(
        spoken,
        filled(text(Part.IDENTITY, spoken), agent, phone, person),
        filled(disclosure(setting.role(), first, spoken), agent, phone, person),
        filled(text(Part.MESSAGE, spoken), agent, phone, person));
  }

  private static String filled(String text, String agent, String phone, String person) {
    return text.replace("{agent}", agent).replace("{phone}", phone).replace("{name}", person);
  }

  /** The words of a message that would tell whoever hears it of a debt. */
  static List<String> telling(String message) {
    String said = " " + message.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}$\\d]+", " ") + " ";
    return RuleFile.rows("debt-word", "language", "words").stream()
        .map(row -> row.text("words"))
        .filter(word -> word.equals("$") ? said.contains("$") : said.contains(" " + word + " "))
        .toList();
  }

  private static Map<String, Row> read() {
    Map<String, Row> rows = new HashMap<>();
    for (RuleFile.Row row : RuleFile.rows("contact-script", "part", "needs", "text", "text_es")) {
      Row read = new Row(row.text("text"), row.text("text_es"));
      for (String text : List.of(read.text(), read.spanish())) {
        for (String token : row.optional("needs").split(" ", -1)) {
          if (!text.contains(token)) {
            throw row.wrong("it must have " + token);
          }
        }
        if (row.text("part").equals(Part.MESSAGE.name()) && !telling(text).isEmpty()) {
          throw row.wrong("a message that others may hear tells of a debt: " + telling(text));
        }
      }
      rows.put(row.text("part"), read);
    }
    for (Part part : Part.values()) {
      if (!rows.containsKey(part.name())) {
        throw new IllegalStateException("rules/contact-script.tsv: " + part + " is missing");
      }
    }
    return Map.copyOf(rows);
  }
}
