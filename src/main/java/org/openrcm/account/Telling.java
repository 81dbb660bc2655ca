package org.openrcm.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;

/**
 * Puts a {@link Story} together from an account's journal lines, entry by entry. Insurers' side of
 * an entry is the other side of all that it does and is told by the balance; only what goes on to
 * another insurer is told of it.
 */
final class Telling {
  private static final int WHOLE = 1000;

  private final List<Story.Step> steps = new ArrayList<>();
  private final Map<AccountKind, Long> sums = new EnumMap<>(AccountKind.class);
  private @Nullable LocalDate insuranceSince;
  private @Nullable LocalDate patientSince;
  private long patientPaid;

  /**
   * A sum of lines of one entry.
   *
   * @param byPatient whether the patient paid, or got something back
   */
  record Row(
      long entry,
      LocalDate day,
      Instant posted,
      String by,
      boolean byPatient,
      AccountKind kind,
      @Nullable Long claimNumber,
      @Nullable String control,
      @Nullable UUID claim,
      int rank,
      @Nullable String code,
      @Nullable String reference,
      long cents) {}

  private long sum(AccountKind kind) {
    return sums.getOrDefault(kind, 0L);
  }

  /** All rows of an entry. */
  void entry(List<Row> all) {
    // what a patient pays is told by the claims that it is for; where the cash is does not matter
    List<Row> rows =
        all.stream()
            .filter(row -> !row.byPatient() || row.kind() == AccountKind.PATIENT_RECEIVABLE)
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    long insurance = sum(AccountKind.INSURANCE_RECEIVABLE);
    long patient = sum(AccountKind.PATIENT_RECEIVABLE);
    rows.forEach(row -> sums.merge(row.kind(), row.cents(), Math::addExact));
    rows.stream().filter(Row::byPatient).forEach(row -> patientPaid -= row.cents());
    Row first = rows.get(0);
    insuranceSince =
        since(insuranceSince, insurance, sum(AccountKind.INSURANCE_RECEIVABLE), first.day());
    patientSince = since(patientSince, patient, sum(AccountKind.PATIENT_RECEIVABLE), first.day());
    steps.add(
        new Story.Step(
            first.entry(),
            first.day(),
            first.posted(),
            first.by(),
            moves(rows),
            sum(AccountKind.INSURANCE_RECEIVABLE),
            sum(AccountKind.PATIENT_RECEIVABLE)));
  }

  private static @Nullable LocalDate since(
      @Nullable LocalDate since, long before, long after, LocalDate day) {
    return after == 0 ? null : before == 0 ? day : since;
  }

  private static List<Story.Move> moves(List<Row> rows) {
    List<Story.Move> moves = new ArrayList<>();
    for (Row row : rows) {
      if (row.byPatient()) {
        String words = row.cents() < 0 ? "Patient paid" : "Patient paid, taken back";
        moves.add(move(row, words, null, -row.cents()));
      } else if (row.kind() != AccountKind.INSURANCE_RECEIVABLE && !isDecidedOn(row, rows)) {
        long cents = row.kind().side() == AccountKind.Side.DEBIT ? row.cents() : -row.cents();
        moves.add(move(row, words(row.kind(), cents), row.code(), cents));
      }
    }
    passedOn(rows, moves);
    return moves;
  }

  /** A denial that is written off, or to be worked again: the other row of the two says so. */
  private static boolean isDecidedOn(Row row, List<Row> rows) {
    return row.kind() == AccountKind.DENIED_PENDING_REVIEW
        && rows.stream()
            .anyMatch(
                other ->
                    other.kind() == AccountKind.DENIAL_WRITE_OFF
                        && Objects.equals(other.claimNumber(), row.claimNumber())
                        && Objects.equals(other.code(), row.code())
                        && other.cents() == -row.cents());
  }

  private static Story.Move move(Row row, String words, @Nullable String code, long cents) {
    return new Story.Move(row.control(), row.claim(), words, code, row.reference(), cents);
  }

  /** What a claim's insurers owe by rank: that of the one who decided moves the most. */
  private static void passedOn(List<Row> rows, List<Story.Move> moves) {
    Map<Long, Map<Integer, Long>> claims = new LinkedHashMap<>();
    Map<Integer, Row> samples = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.kind() == AccountKind.INSURANCE_RECEIVABLE && row.claimNumber() != null) {
        claims
            .computeIfAbsent(row.claimNumber(), key -> new LinkedHashMap<>())
            .merge(row.rank(), row.cents(), Math::addExact);
        samples.putIfAbsent(row.rank(), row);
      }
    }
    for (Map<Integer, Long> ranks : claims.values()) {
      int decided = 0;
      long most = -1;
      for (Map.Entry<Integer, Long> rank : ranks.entrySet()) {
        long size = Math.abs(rank.getValue());
        if (size > most || (size == most && rank.getKey() < decided)) {
          decided = rank.getKey();
          most = size;
        }
      }
      for (Map.Entry<Integer, Long> rank : ranks.entrySet()) {
        Row sample = samples.get(rank.getKey());
        if (rank.getKey() != decided && rank.getValue() != 0 && sample != null) {
          moves.add(move(sample, "Passed on to insurer " + rank.getKey(), null, rank.getValue()));
        }
      }
    }
  }

  private static String words(AccountKind kind, long cents) {
    String words =
        switch (kind) {
          case REVENUE -> "Charged";
          case CASH_CLEARING -> "Insurer paid";
          case PATIENT_RECEIVABLE -> "Patient's share";
          case CONTRACTUAL_ADJUSTMENT -> "Discount by contract";
          case PAYER_REDUCTION -> "Lowered by the insurer";
          case DENIED_PENDING_REVIEW -> "Denied, to be reviewed";
          case DENIAL_WRITE_OFF -> "Denial written off";
          case INTEREST_INCOME -> "Interest";
          case PAYER_BALANCE -> "To the insurer's balance";
          case UNAPPLIED_CREDIT -> "Not applied yet";
          default -> kind.label();
        };
    return cents < 0 ? words + ", taken back" : words;
  }

  /** The story; of many entries the last ones. */
  Story end(int most) {
    int from = Math.max(0, steps.size() - most);
    return new Story(List.copyOf(steps.subList(from, steps.size())), from, owed(), parts());
  }

  private Story.Owed owed() {
    return new Story.Owed(
        sum(AccountKind.INSURANCE_RECEIVABLE),
        insuranceSince,
        sum(AccountKind.PATIENT_RECEIVABLE),
        patientSince,
        sum(AccountKind.DENIED_PENDING_REVIEW),
        -sum(AccountKind.REVENUE));
  }

  /** Empty where something is below zero, or more than was charged. */
  private List<Story.Part> parts() {
    long charged = -sum(AccountKind.REVENUE);
    long paid = sum(AccountKind.CASH_CLEARING) + sum(AccountKind.INTEREST_INCOME);
    long insurer = sum(AccountKind.INSURANCE_RECEIVABLE);
    long patient = sum(AccountKind.PATIENT_RECEIVABLE);
    long denied = sum(AccountKind.DENIED_PENDING_REVIEW);
    long rest = charged - paid - insurer - patient - patientPaid - denied;
    List<Story.Part> parts = new ArrayList<>();
    if (charged <= 0
        || Math.min(Math.min(paid, insurer), Math.min(patient, denied)) < 0
        || patientPaid < 0
        || rest < 0) {
      return parts;
    }
    long at = 0;
    at = part(parts, "Insurers paid", paid, at, charged, "--series-1");
    at = part(parts, "Patient paid", patientPaid, at, charged, "--series-2");
    at = part(parts, "Insurers owe", insurer, at, charged, "--series-4");
    at = part(parts, "Denied", denied, at, charged, "--chart-wrong");
    at = part(parts, "Patient owes", patient, at, charged, "--series-3");
    part(parts, "Discounts and the like", rest, at, charged, "--line-strong");
    return parts;
  }

  private static long part(
      List<Story.Part> parts, String label, long cents, long at, long charged, String colour) {
    if (cents > 0) {
      int from = (int) (at * WHOLE / charged);
      int until = (int) ((at + cents) * WHOLE / charged);
      parts.add(new Story.Part(label, cents, from, until - from, colour));
    }
    return at + cents;
  }
}
