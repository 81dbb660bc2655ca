package org.openrcm.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The notice that help in the patient's language is free (45 CFR 92.11), in English and the 15
 * languages of a state: {@code rules/language-notice.tsv} and {@code rules/state-languages.tsv}.
 */
public final class LanguageNotices {
  /** Where the number to call stands in a text. */
  static final String PHONE = "{phone}";

  private static final String COUNTRY = "US";
  private static final Map<String, Notice> BY_LANGUAGE = notices();
  private static final Map<String, List<Notice>> BY_STATE =
      states(RuleFile.rows("state-languages", "state", "languages"));

  /**
   * The notice in one language.
   *
   * @param code as HTML and PDF name the language
   * @param name of the language, in that language
   * @param direction {@code ltr} or {@code rtl}
   */
  public record Notice(String code, String name, String direction, String text) {

    private Notice with(String phone) {
      return new Notice(code, name, direction, text.replace(PHONE, whole(phone)));
    }

    /** On one line; and what is written from the right does not turn its groups around. */
    private String whole(String phone) {
      String whole = phone.replace(' ', '\u00a0');
      return direction.equals("rtl") ? "\u2066" + whole + "\u2069" : whole;
    }
  }

  private LanguageNotices() {}

  /**
   * English and the languages of the state, the most common first; those of the whole country for
   * what is no state.
   *
   * @param state such as {@code TX}
   */
  public static List<Notice> of(@Nullable String state, String phone) {
    List<Notice> notices =
        state != null && BY_STATE.containsKey(state) ? BY_STATE.get(state) : BY_STATE.get(COUNTRY);
    return Objects.requireNonNull(notices).stream().map(notice -> notice.with(phone)).toList();
  }

  /** In every language that there is, with {@link #PHONE} for the number. */
  static List<Notice> all() {
    return List.copyOf(BY_LANGUAGE.values());
  }

  static boolean isFromRight(String code) {
    return Objects.requireNonNull(BY_LANGUAGE.get(code), code).direction().equals("rtl");
  }

  private static Map<String, Notice> notices() {
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (RuleFile.Row row :
        RuleFile.rows("language-notice", "code", "name", "direction", "source", "text")) {
      String text = row.text("text");
      if (!text.contains(PHONE)) {
        throw row.wrong("the text has no {phone}");
      }
      String direction = row.text("direction");
      if (!direction.equals("ltr") && !direction.equals("rtl")) {
        throw row.wrong("direction is neither ltr nor rtl");
      }
      Notice notice = new Notice(row.text("code"), row.text("name"), direction, text);
      if (notices.put(notice.code(), notice) != null) {
        throw row.wrong("language " + notice.code() + " has another row");
      }
    }
    return notices;
  }

  static Map<String, List<Notice>> states(List<RuleFile.Row> rows) {
    Map<String, List<Notice>> states = new HashMap<>();
    for (RuleFile.Row row : rows) {
      List<Notice> notices = new ArrayList<>();
      notices.add(notice(row, "en"));
      for (String code : row.text("languages").split(" ", -1)) {
        notices.add(notice(row, code));
      }
      if (states.put(row.text("state"), List.copyOf(notices)) != null) {
        throw row.wrong("state " + row.text("state") + " has another row");
      }
    }
    return states;
  }

  private static Notice notice(RuleFile.Row row, String code) {
    Notice notice = BY_LANGUAGE.get(code);
    if (notice == null) {
      throw row.wrong("language " + code + " has no notice");
    }
    return notice;
  }
}
