package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How pages are written: what is in them cannot become markup, script or another address. */
class TemplatesTest {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\s(?:th:)?(?:href|src|action|formaction|data|poster|hx-get|hx-post)=\"([^\"]*)\"");

  /** From the server's own code: the rest of a list, a part of this page, a page of the gateway. */
  private static final Pattern OURS =
      Pattern.compile(
          "\\$\\{(next|more|field|hosted\\.(cancel|success)Url)}"
              + "|\\$\\{plan == null \\? '/my/pay' : '/my/pay\\?what=plan'}"
              + "|#[\\w-]*|'#' \\+ .*|\\|#.*\\||[\\w./-]+\\.(css|svg)|\\|?[@#~]\\{.*");

  private static Map<String, String> files(String folder, String ending) throws IOException {
    Map<String, String> found = new TreeMap<>();
    Path root = Path.of("src/main/resources").resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
        found.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  /** OWASP ASVS 5.0 1.2.1, 3.2.2. The style of a bill is a file of the program's. */
  @Test
  void noTemplateWritesTextUnescaped() throws IOException {
    files("templates", ".html")
        .forEach(
            (name, text) -> {
              String rest =
                  name.equals("statement/letterhead.html")
                      ? text.replace("<style th:if=\"${css}\" th:utext=\"${css}\"></style>", "")
                      : text;
              assertThat(rest).as(name).doesNotContain("utext", "[(", "th:inline", "__${");
            });
  }

  /** OWASP ASVS 5.0 1.2.3: scripts are files, and nothing of a page is in them. */
  @Test
  void noTemplateHoldsScript() throws IOException {
    Pattern script =
        Pattern.compile(
            "(?i)<script(?![^>]*\\sth:src=\"@\\{/(static|webjars)/)[^>]*>|\\s(th:)?on[a-z]+=|"
                + "javascript:|hx-on|hx-vals=['\"]js|\\sstyle=");
    files("templates", ".html")
        .forEach((name, text) -> assertThat(found(script, text)).as(name).isEmpty());
  }

  /** OWASP ASVS 5.0 1.2.2. */
  @Test
  void everyAddressIsBuiltByTheEngine() throws IOException {
    Map<String, Set<String>> others = new TreeMap<>();
    files("templates", ".html")
        .forEach(
            (name, text) -> {
              Matcher address = ADDRESS.matcher(text);
              while (address.find()) {
                String value = address.group(1);
                if (!OURS.matcher(value).matches()) {
                  others.computeIfAbsent(name, key -> new TreeSet<>()).add(value);
                }
              }
            });
    assertThat(others).isEmpty();
  }

  /** OWASP ASVS 5.0 6.2.6, 6.2.7. */
  @Test
  void passwordsAreTypedUnseenAndMayBePasted() throws IOException {
    files("templates", ".html")
        .forEach(
            (name, text) -> {
              for (String input : found(Pattern.compile("(?s)<input[^>]*>"), text)) {
                if (input.contains("name=\"password\"") || input.contains("name=\"current\"")) {
                  assertThat(input)
                      .as(name)
                      .contains("type=\"password\"")
                      .containsPattern("autocomplete=\"(current|new)-password\"");
                }
              }
              for (String field : found(Pattern.compile("field\\('[^)]*assword'[^)]*\\)"), text)) {
                assertThat(field).as(name).contains("'password', '").contains("-password'");
              }
            });
    files("static", ".js")
        .forEach((name, text) -> assertThat(text).as(name).doesNotContain("paste", "oncopy"));
  }

  /** OWASP ASVS 5.0 15.3.5. */
  @Test
  void scriptsAreStrictAndKeepToThemselves() throws IOException {
    files("static", ".js")
        .forEach(
            (name, text) ->
                assertThat(text)
                    .as(name)
                    .matches(
                        "(?s)(//[^\\n]*\\n)+\\(\\(\\) => \\{\\n  \"use strict\";\\n.*\\}\\)\\(\\);\\n"));
  }

  /**
   * OWASP ASVS 5.0 14.3.3: what a browser keeps are columns that somebody hid, a time, and whether
   * single keys do something.
   */
  @Test
  void browsersKeepNothingOfPatients() throws IOException {
    Map<String, String> scripts = files("static", ".js");
    scripts.forEach(
        (name, text) ->
            assertThat(text)
                .as(name)
                .doesNotContain("sessionStorage", "indexedDB", "document.cookie", "caches."));
    Map<String, List<String>> kept = new TreeMap<>();
    scripts.forEach(
        (name, text) -> {
          List<String> found = found(Pattern.compile("localStorage\\.\\w+\\([^;{]*[;{]"), text);
          if (!found.isEmpty()) {
            kept.put(name, found);
          }
        });
    assertThat(kept)
        .isEqualTo(
            Map.of(
                "app.js",
                List.of(
                    "localStorage.setItem(\"touched\", Date.now());",
                    "localStorage.getItem(\"touched\") > idle + 15000) {"),
                "keys.js",
                List.of(
                    "localStorage.getItem(\"keys\") !== \"off\");",
                    "localStorage.setItem(\"keys\", box.checked ? \"on\" : \"off\");"),
                "table.js",
                List.of(
                    "localStorage.getItem(key)) ?? usual);",
                    "localStorage.removeItem(key);",
                    "localStorage.setItem(key, JSON.stringify([...hidden]));")));
    assertThat(scripts.get("table.js"))
        .contains("const key = `columns:${table.dataset.columns}`;")
        .contains("hidden[box.checked ? \"delete\" : \"add\"](at);");
    files("templates", "layout.html")
        .forEach((name, text) -> assertThat(text).as(name).contains("\"historyCacheSize\":0"));
  }
}
