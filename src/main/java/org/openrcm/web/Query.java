package org.openrcm.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of an address, such as that of a list which is narrowed down. */
public final class Query {

  private Query() {}

  /** Names and values as they stand behind the question mark; empty values are left out. */
  public static String of(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The same behind a path; the path alone where nothing is left. */
  public static String address(String path, Map<String, String> values) {
    String query = of(values);
    return query.isEmpty() ? path : path + "?" + query;
  }
}
