package org.openrcm.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chart of bars, one over the other, and the same figures as a table ({@code web/chart.html}).
 * Drawn by {@code static/chart.js}.
 *
 * @param money whether the values are cents; counts otherwise
 * @param labels of the places along the bottom
 */
public record Chart(boolean money, List<String> labels, List<Series> series) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One colour.
   *
   * @param meaning good, attention, wrong or neutral; null for the next colour without a meaning
   * @param values one for each label
   */
  public record Series(String label, @Nullable String meaning, List<Long> values) {

    public long total() {
      return values.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** As {@code canvas[data-chart]} has it. */
  public String json() {
    List<Map<String, Object>> sets =
        series.stream()
            .map(
                each -> {
                  Map<String, Object> set = new LinkedHashMap<>();
                  set.put("label", each.label());
                  if (each.meaning() != null) {
                    set.put("meaning", each.meaning());
                  }
                  set.put("data", each.values());
                  return set;
                })
            .toList();
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "bar",
            "stacked",
            true,
            "money",
            money,
            "data",
            Map.of("labels", labels, "datasets", sets)));
  }

  /** Sum of all series at a label. */
  public long total(int label) {
    return series.stream().mapToLong(each -> each.values().get(label)).sum();
  }

  /** Whether there is nothing at a label: its row may be left out of the table. */
  public boolean isEmptyAt(int label) {
    return series.stream().allMatch(each -> each.values().get(label) == 0);
  }
}
