package org.openrcm.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program that works for one practice.
 *
 * @param clientId what it calls itself at the token endpoint
 */
record ApiClient(
    UUID id,
    UUID practice,
    String clientId,
    String name,
    String secretHash,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant revokedAt) {}
