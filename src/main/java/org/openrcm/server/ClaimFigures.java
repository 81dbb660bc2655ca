package org.openrcm.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimState;
import org.openrcm.web.Chart;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The home page's figures of claims: how many are in which state, no patient's data. */
@Component
class ClaimFigures {
  private final JdbcClient database;

  ClaimFigures(JdbcClient database) {
    this.database = database;
  }

  /**
   * The practice's claims.
   *
   * @param refused those that nobody took: their files or they themselves were rejected
   * @param denied those of which some or all was denied
   */
  record ClaimsNow(long all, long refused, long denied, Chart chart) {}

  /** Null when there are no claims. */
  @Transactional
  public @Nullable ClaimsNow claims() {
    Map<ClaimState, Long> counts = new LinkedHashMap<>();
    database
        .sql("select state, count(*) from claim group by state")
        .query(
            row -> {
              counts.put(ClaimState.valueOf(row.getString(1)), row.getLong(2));
            });
    if (counts.isEmpty()) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    for (ClaimState state : ClaimState.values()) {
      if (counts.containsKey(state)) {
        labels.add(state.label());
        values.add(counts.get(state));
      }
    }
    return new ClaimsNow(
        values.stream().mapToLong(Long::longValue).sum(),
        sum(counts, ClaimState.REJECTED, ClaimState.REJECTED_BY_999),
        sum(counts, ClaimState.DENIED, ClaimState.PARTLY_PAID),
        new Chart(false, labels, List.of(new Chart.Series("Claims", null, values))));
  }

  private static long sum(Map<ClaimState, Long> counts, ClaimState... states) {
    long sum = 0;
    for (ClaimState state : states) {
      sum += counts.getOrDefault(state, 0L);
    }
    return sum;
  }
}
