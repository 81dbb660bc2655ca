package org.openrcm.compliance;

/** What can stand out of somebody's day; the numbers are in {@code rules/unusual-access.tsv}. */
enum UnusualKind {
  MANY("Far more patients than usual"),
  OFF_HOURS("Outside of working hours"),
  UNWORKED("Patients whom nobody had work with"),
  SAME_NAME("A patient with a name of the staff"),
  /** Somebody opened what their roles do not. */
  EMERGENCY("Emergency access"),
  /** Nobody's day, but the regular review. */
  WEEK("The week's review");

  private final String words;

  UnusualKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
