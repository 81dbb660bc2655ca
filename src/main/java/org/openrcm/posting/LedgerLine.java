package org.openrcm.posting;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.PostedLine;
import org.openrcm.money.Money;

/**
 * A line of the ledger with what it comes from.
 *
 * @param origin null when the document is not there any more
 * @param claim that it is on; null for accounts that do not go by claim
 */
record LedgerLine(PostedLine posted, @Nullable Origin origin, Origin.@Nullable BilledClaim claim) {

  public AccountKind account() {
    return at().account();
  }

  Line.At at() {
    return posted.line().at();
  }

  /** Null when it is credit. */
  public @Nullable Money debit() {
    Money amount = posted.line().amount();
    return amount.isNegative() ? null : amount;
  }

  /** Without its sign; null when it is debit. */
  public @Nullable Money credit() {
    Money amount = posted.line().amount();
    return amount.isNegative() ? amount.negated() : null;
  }

  public @Nullable String reference() {
    return at().reference();
  }

  public long segment() {
    return at().segment();
  }

  /** Where it is posted more closely than on its account, such as {@code primary, line 1}. */
  public String detail() {
    Integer service = at().serviceLine();
    return Stream.of(turn(at().rank()), service == null ? null : "line " + service, at().code())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  /** Whose turn it is, in a word; null when nobody's. */
  static @Nullable String turn(@Nullable Integer rank) {
    if (rank == null) {
      return null;
    }
    return switch (rank) {
      case 1 -> "primary";
      case 2 -> "secondary";
      case 3 -> "tertiary";
      default -> "insurer " + rank;
    };
  }

  /** The address of the segment that says the amount; null when its file is not known. */
  public @Nullable String source() {
    return origin == null ? null : origin.source(segment());
  }

  /** All whose data stand in these lines. */
  static Set<UUID> patients(List<LedgerLine> lines) {
    Set<UUID> patients = new HashSet<>();
    for (LedgerLine line : lines) {
      UUID ofDocument = line.origin() == null ? null : line.origin().patient();
      if (ofDocument != null) {
        patients.add(ofDocument);
      }
      if (line.claim() != null) {
        patients.add(line.claim().patient());
      }
    }
    return patients;
  }
}
