package org.openrcm.contact;

/**
 * As what a practice collects.
 *
 * @param zone its own time zone, such as {@code America/Chicago}
 * @param hospital whether it must offer financial assistance (26 CFR 1.501(r)-1(b)(17)), so that
 *     the clocks of 1.501(r)-6 run
 * @param agent who speaks for it: empty for the practice itself
 */
record Setting(CollectorRole role, String zone, boolean hospital, String agent) {

  /** What holds until somebody says something else. */
  static final Setting USUAL =
      new Setting(CollectorRole.FIRST_PARTY, "America/New_York", false, "");
}
