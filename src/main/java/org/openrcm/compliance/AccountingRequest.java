package org.openrcm.compliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a patient asked for an accounting.
 *
 * @param extendedOn when the patient was told that it takes longer, and {@code extendedWhy}; null
 *     when they were not
 * @param given what was given, on {@code givenOn} by {@code givenBy}; null while it is owed
 */
record AccountingRequest(
    long number,
    UUID id,
    long account,
    LocalDate askedOn,
    @Nullable LocalDate extendedOn,
    @Nullable String extendedWhy,
    @Nullable LocalDate givenOn,
    @Nullable String givenBy,
    @Nullable Accounting given) {

  /** The last day on which it may be given (164.528(c)(1)). */
  public LocalDate dueOn() {
    int longer = extendedOn == null ? 0 : Term.EXTENSION_DAYS.on(askedOn);
    return askedOn.plusDays((long) Term.DUE_DAYS.on(askedOn) + longer);
  }

  public boolean isOpen() {
    return givenOn == null;
  }

  /** What was given; only of one that is not open. */
  Accounting accounting() {
    return Objects.requireNonNull(given);
  }

  /** Whether it can be put off: once, and while it is not late. */
  public boolean canBeExtended(LocalDate today) {
    return isOpen() && extendedOn == null && !today.isAfter(dueOn());
  }

  public boolean isLate(LocalDate today) {
    return isOpen() && today.isAfter(dueOn());
  }

  /**
   * Which of an account's requests cost nothing (164.528(c)(2)): the first, and each that comes
   * twelve months or more after the last free one.
   */
  static Set<UUID> free(List<AccountingRequest> all) {
    List<AccountingRequest> inOrder = new ArrayList<>(all);
    inOrder.sort(
        Comparator.comparing(AccountingRequest::askedOn).thenComparing(AccountingRequest::number));
    Set<UUID> free = new HashSet<>();
    LocalDate next = LocalDate.MIN;
    for (AccountingRequest each : inOrder) {
      if (!each.askedOn().isBefore(next)) {
        free.add(each.id());
        next = each.askedOn().plusMonths(Term.FREE_MONTHS.on(each.askedOn()));
      }
    }
    return free;
  }
}
