package org.openrcm.intake;

import org.jspecify.annotations.Nullable;

/** Where a received file is on its way. */
public enum FileState {
  /** Kept, and waiting to be read. */
  RECEIVED,
  READING,
  /** Something in it was loaded. */
  LOADED,
  /** Nothing in it could be loaded: a person has to look. */
  QUARANTINED,
  /** Nothing in it is new: the same bytes, or the same checks, came before. */
  DUPLICATE;

  /** The state of this name, as addresses have it; null for none. */
  static @Nullable FileState of(@Nullable String name) {
    for (FileState state : values()) {
      if (state.name().equalsIgnoreCase(name)) {
        return state;
      }
    }
    return null;
  }

  /** Whether it will change by itself. */
  public boolean isInWork() {
    return this == RECEIVED || this == READING;
  }

  /** As pages say it. */
  public String label() {
    return switch (this) {
      case RECEIVED -> "Waiting";
      case READING -> "Reading";
      case LOADED -> "Loaded";
      case QUARANTINED -> "Quarantined";
      case DUPLICATE -> "Duplicate";
    };
  }

  /** Which of the four meanings of colour it has. */
  public String meaning() {
    return switch (this) {
      case LOADED -> "good";
      case QUARANTINED -> "wrong";
      case DUPLICATE -> "attention";
      case RECEIVED, READING -> "neutral";
    };
  }
}
