package org.openrcm.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the record, as it is read.
 *
 * @param id greater for later ones
 * @param publicId by which others know it
 * @param actorId of the member of staff, program or patient's sign-in; null for all others
 * @param roles of the actor at that time, with spaces between
 * @param subjectId of one thing; null for a list or a search
 * @param query of a search, as it was sent, each byte one character (ISO 8859-1)
 * @param purpose a code of HL7 v3 ActReason
 * @param outcome as FHIR AuditEvent.outcome: 0 success, 4 and 8 failure
 * @param why it was refused, in plain words
 */
public record AuditEntry(
    long id,
    UUID publicId,
    Instant at,
    String actorKind,
    @Nullable UUID actorId,
    String actor,
    String roles,
    String action,
    String subjectType,
    @Nullable String subjectId,
    @Nullable UUID patient,
    @Nullable String query,
    String purpose,
    @Nullable String address,
    String request,
    int outcome,
    @Nullable String why) {

  private static final Map<Action, String> WORDS =
      Map.ofEntries(
          Map.entry(Action.ADD, "Added"),
          Map.entry(Action.CHANGE, "Changed"),
          Map.entry(Action.DELETE, "Deleted"),
          Map.entry(Action.VIEW, "Looked at"),
          Map.entry(Action.QUERY, "Searched"),
          Map.entry(Action.PRINT, "Printed"),
          Map.entry(Action.COPY, "Copied out"),
          Map.entry(Action.SEND, "Sent"),
          Map.entry(Action.SIGN_IN, "Signed in"),
          Map.entry(Action.SIGN_OUT, "Signed out"),
          Map.entry(Action.PRIVILEGE, "Rights changed"));

  /** The word for an action. */
  static String word(Action action) {
    return WORDS.getOrDefault(action, action.name());
  }

  /** What was done, in a word; of an action that is no longer known, as it was written. */
  public String did() {
    for (Action known : Action.values()) {
      if (known.name().equals(action)) {
        return word(known);
      }
    }
    return action;
  }

  public boolean isRefused() {
    return outcome > 0;
  }
}
