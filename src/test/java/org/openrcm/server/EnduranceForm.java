package org.openrcm.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * A form of a page, as it would be sent.
 *
 * @param choices what can be chosen instead, by the field
 */
record EnduranceForm(
    String method, String action, Map<String, String> fields, Map<String, List<String>> choices) {
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile(
          "<input\\b([^>]*)>|<select\\b([^>]*)>(.*?)</select>|<textarea\\b([^>]*)>",
          Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b([a-z-]+)(?:=\"([^\"]*)\")?");

  static List<EnduranceForm> of(String page) {
    List<EnduranceForm> forms = new ArrayList<>();
    Matcher form = FORM.matcher(page);
    while (form.find()) {
      Map<String, String> head = attributes(form.group(1));
      Map<String, String> fields = new LinkedHashMap<>();
      Map<String, List<String>> choices = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(form.group(2));
      while (field.find()) {
        if (field.group(1) != null) {
          input(attributes(field.group(1)), fields);
        } else if (field.group(2) != null) {
          select(attributes(field.group(2)), field.group(3), fields, choices);
        } else {
          fields.put(attributes(field.group(4)).getOrDefault("name", ""), "");
        }
      }
      fields.remove("");
      fields.remove("_csrf");
      forms.add(
          new EnduranceForm(
              head.getOrDefault("method", "get"),
              head.getOrDefault("action", ""),
              fields,
              choices));
    }
    return forms;
  }

  private static void input(Map<String, String> input, Map<String, String> fields) {
    String type = input.getOrDefault("type", "text");
    boolean chosen = !type.equals("radio") && !type.equals("checkbox");
    if ((chosen || input.containsKey("checked")) && !type.equals("file")) {
      fields.put(input.getOrDefault("name", ""), input.getOrDefault("value", ""));
    }
  }

  private static void select(
      Map<String, String> head,
      String body,
      Map<String, String> fields,
      Map<String, List<String>> choices) {
    String name = head.getOrDefault("name", "");
    List<String> options = new ArrayList<>();
    Matcher option = OPTION.matcher(body);
    while (option.find()) {
      Map<String, String> one = attributes(option.group(1));
      String value = one.getOrDefault("value", "");
      options.add(value);
      if (one.containsKey("selected") || !fields.containsKey(name)) {
        fields.put(name, value);
      }
    }
    choices.put(name, options);
  }

  private static Map<String, String> attributes(String tag) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(tag);
    while (attribute.find()) {
      String value = attribute.group(2);
      attributes.putIfAbsent(
          attribute.group(1), value == null ? "" : HtmlUtils.htmlUnescape(value));
    }
    return attributes;
  }

  /** With something else chosen where there is a choice. */
  EnduranceForm chosen(Random random) {
    Map<String, String> other = new LinkedHashMap<>(fields);
    choices.forEach(
        (name, values) -> {
          if (!values.isEmpty() && random.nextBoolean()) {
            other.put(name, values.get(random.nextInt(values.size())));
          }
        });
    return new EnduranceForm(method, action, other, choices);
  }

  boolean isSearch() {
    return method.equals("get");
  }

  /** Of a form that is a search. */
  String address() {
    StringBuilder address = new StringBuilder(action);
    fields.forEach(
        (name, value) ->
            address
                .append(address.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return address.toString();
  }

  /** Names and values by turns. */
  String[] pairs() {
    List<String> pairs = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    return pairs.toArray(String[]::new);
  }
}
