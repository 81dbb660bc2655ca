package org.openrcm.payment;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;

/**
 * Which visits no payment goes to by itself: what is disputed (12 CFR 1006.30(c)(1)) and what a
 * bankruptcy stays (11 USC 362(a)(6)). What a program protects the patient from (QMB) is the next
 * insurer's in the books and never the patient's.
 */
final class Stays {
  private static final Set<FlagKind> KINDS = Set.of(FlagKind.DISPUTE, FlagKind.BANKRUPTCY);

  private Stays() {}

  static boolean holds(List<Flag> flags, long claim, LocalDate day) {
    return flags.stream()
        .anyMatch(
            flag ->
                KINDS.contains(flag.kind())
                    && (flag.claim() == null || flag.claim() == claim)
                    && flag.holdsOn(day));
  }
}
