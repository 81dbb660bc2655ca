package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Extension;

/** Where a check is on its way into the books, as FHIR says it: what the books hold of it. */
enum PostingState {
  PREPARING("preparing"),
  WAITING("waiting"),
  ON_HOLD("on-hold"),
  POSTED("posted"),
  UNDONE("undone");

  private final String code;

  PostingState(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  /**
   * As table {@code remittance_posting} has it. While a check is being posted, nothing of it is in
   * the books; while it is being undone, all of it still is.
   */
  List<String> stored() {
    return switch (this) {
      case PREPARING -> List.of("PREPARING");
      case WAITING -> List.of("WAITING", "POSTING");
      case ON_HOLD -> List.of("HELD");
      case POSTED -> List.of("POSTED", "UNDOING");
      case UNDONE -> List.of("UNDONE");
    };
  }

  static PostingState of(String stored) {
    for (PostingState state : values()) {
      if (state.stored().contains(stored)) {
        return state;
      }
    }
    throw new IllegalStateException("no state of FHIR for " + stored);
  }

  Extension extension() {
    return new Extension(
        Systems.POSTING_STATE_EXTENSION, Elements.coding(Systems.POSTING_STATE, code));
  }
}
