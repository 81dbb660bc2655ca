package org.openrcm.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that a file is kept.
 *
 * @param sha256 of the bytes as received, in lower-case hexadecimal
 * @param duplicateOf the file that came before with the same bytes; null when these are new
 */
public record Receipt(
    UUID id, String name, FileState state, String sha256, @Nullable UUID duplicateOf) {}
