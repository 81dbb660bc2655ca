package org.openrcm.statement;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.money.Money;

/** What the journal has of a claim: sums of the whole and of its lines, and who decided on them. */
final class PostedClaim {
  final long account;
  final UUID id;
  final Sums whole = new Sums();

  /** By number of the line (LX01); 0 for what is of the claim as a whole. */
  final Map<Integer, Sums> lines = new TreeMap<>();

  /** By line: where in payments its amounts stand. */
  final Map<Integer, Set<Stated>> stated = new HashMap<>();

  final Map<Document, Decided> decisions = new LinkedHashMap<>();

  /**
   * A line of the journal.
   *
   * @param decision the payment that it comes from, where that is applied to this claim or
   *     reversed: one of a check that was undone, or that is another claim's now, says nothing of
   *     it any more
   */
  record Row(
      long account,
      long claim,
      UUID id,
      @Nullable Integer line,
      @Nullable Document decision,
      boolean reversed,
      long segment,
      Sums.Posted posted) {}

  /** Where a payment's amount stands. */
  record Stated(Document decision, long segment) {}

  /** What an insurer paid by a decision. */
  record Decided(boolean reversed, int rank, Money paid) {
    Decided plus(Decided more) {
      return new Decided(reversed, rank, paid.plus(more.paid));
    }
  }

  PostedClaim(long account, UUID id) {
    this.account = account;
    this.id = id;
  }

  void add(Row row) {
    whole.add(row.posted());
    int line = row.line() == null ? 0 : row.line();
    lines.computeIfAbsent(line, key -> new Sums()).add(row.posted());
    if (row.decision() != null) {
      stated
          .computeIfAbsent(line, key -> new LinkedHashSet<>())
          .add(new Stated(row.decision(), row.segment()));
      Decided more =
          new Decided(row.reversed(), row.posted().rank(), row.posted().amount().negated());
      decisions.merge(row.decision(), more, Decided::plus);
    }
  }
}
