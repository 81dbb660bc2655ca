package org.openrcm.contact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how somebody may be reached, as it was noted.
 *
 * @param name of a lawyer, an executor, a court and its case; empty for nobody
 * @param note for people of the office; may be empty
 * @param flag that it raised; null for none
 * @param lifted since when it does not count any more; null while it does
 */
record Notice(
    UUID id,
    long account,
    Told told,
    String name,
    String note,
    String by,
    @Nullable UUID flag,
    @Nullable Instant lifted,
    @Nullable String liftedBy) {}
