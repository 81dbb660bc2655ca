package org.openrcm.payment;

/** Keys that forms carry, each made when the form was shown. */
public final class Keys {
  private Keys() {}

  /**
   * A key as our forms send it.
   *
   * @throws Refused when there is none: without it nobody could tell a second click
   */
  public static String checked(String key) {
    if (!key.matches("[0-9a-f-]{36}")) {
      throw new Refused(Refused.Reason.NO_KEY);
    }
    return key;
  }
}
