package org.openrcm.audit;

import java.time.Instant;
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

  /** What was done, in a word. */
  public String did() {
    return Action.word(action);
  }

  public boolean isRefused() {
    return outcome > 0;
  }
}
