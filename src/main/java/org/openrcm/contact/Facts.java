package org.openrcm.contact;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.FlagKind;

/**
 * All that a decision rests on.
 *
 * @param home the practice's own time zone
 * @param zones of the payer's address and of all numbers, never empty
 * @param states of the address; of the numbers where no address is known
 * @param mailable whether there is an address that mail does not come back from
 * @param visits that something is owed for
 * @param flags that hold
 */
record Facts(
    CollectorRole role,
    ZoneId home,
    Set<ZoneId> zones,
    Set<String> states,
    boolean mailable,
    List<Visit> visits,
    List<Raised> flags,
    List<Told> told,
    List<Met> log) {

  /** A visit that something is owed for, by its claim's number. */
  record Visit(long claim, LocalDate day) {}

  /**
   * A flag that holds.
   *
   * @param claim the one visit that it is about; null for all
   * @param until its last day; null until it is lowered
   */
  record Raised(FlagKind kind, @Nullable Long claim, @Nullable LocalDate until) {}
}
