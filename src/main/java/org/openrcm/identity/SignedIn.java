package org.openrcm.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, for pages: model attribute {@code signedIn}, null when nobody is.
 *
 * @param madeUp whether the practice's data are made up
 * @param roles in the chosen practice, as {@code permissions.tsv} names them
 * @param practices all that the person works for, by name
 * @param emergencyUntil while {@link Emergencies} opens more than the roles do; null otherwise
 */
public record SignedIn(
    String name,
    UUID practiceId,
    String practiceName,
    boolean madeUp,
    Set<String> roles,
    List<Practice> practices,
    @Nullable Instant emergencyUntil) {}
