package org.openrcm.account;

import org.jspecify.annotations.Nullable;

/** What a guarantor is to the patient. */
enum Relationship {
  SPOUSE("Spouse"),
  PARENT("Parent"),
  PARTNER("Partner"),
  OTHER("Other");

  private final String label;

  Relationship(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * What the subscriber is to the patient.
   *
   * @param code what the patient is to the subscriber (PAT01, SBR02)
   */
  static Relationship ofSubscriber(@Nullable String code) {
    return switch (code == null ? "" : code) {
      case "01" -> SPOUSE;
      case "19" -> PARENT;
      case "53" -> PARTNER;
      default -> OTHER;
    };
  }
}
