package org.openrcm.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each member still has to pay before the plan pays. Of the members seen longest ago it
 * forgets what they used, so that memory stays bounded.
 */
final class Deductibles {
  private static final int REMEMBERED = 100_000;

  private final long seed;
  private final Map<String, Long> left =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  Deductibles(long seed) {
    this.seed = seed;
  }

  /** Takes as much of this amount as the member's deductible asks for. */
  long take(Payer payer, String member, long cents) {
    String key = payer.id() + '\u0000' + member;
    long before = left.computeIfAbsent(key, unused -> atFirst(payer, member));
    long taken = Math.min(before, cents);
    if (taken > 0) {
      left.put(key, before - taken);
    }
    return taken;
  }

  /** Two in three have met it; of the others some is left. */
  private long atFirst(Payer payer, String member) {
    Dice dice = Dice.of(seed, "deductible", payer.id(), member);
    long whole = payer.deductible().cents();
    return dice.chance(650) ? 0 : whole * dice.between(5, 100) / 100;
  }
}
