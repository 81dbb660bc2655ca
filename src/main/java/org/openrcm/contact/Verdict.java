package org.openrcm.contact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the firewall says: as {@link Decision} has it, before it is anybody's. */
record Verdict(
    boolean allowed,
    @Nullable Instant nextAllowed,
    @Nullable Instant allowedUntil,
    List<Ruling> rulings,
    List<Long> visits) {}
