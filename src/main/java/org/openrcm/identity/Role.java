package org.openrcm.identity;

import java.util.Locale;

/** What a person does for a practice; {@code rules/permissions.tsv} says what that opens. */
public enum Role {
  POSTER("Posts payments"),
  BILLER("Bills and follows claims"),
  COLLECTOR("Talks to patients about what they owe"),
  MANAGER("Sees how the office does, and decides"),
  COMPLIANCE("Reads the audit record"),
  ADMINISTRATOR("Gives people and programs their rights"),
  PATIENT("Sees their own bills");

  private final String does;

  Role(String does) {
    this.does = does;
  }

  /** As it stands in the database and in {@code permissions.tsv}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As pages show it. */
  public String label() {
    return name().charAt(0) + code().substring(1);
  }

  /** What it is for, in a few words. */
  public String does() {
    return does;
  }

  /**
   * The role of this code.
   *
   * @throws IllegalArgumentException when there is no such role
   */
  public static Role of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
