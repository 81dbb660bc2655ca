package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One rule's word.
 *
 * @param rule id such as {@code C2}
 * @param pack the law or policy that it is of, such as {@code REG_F} or {@code MA}
 * @param version the day from which this row of the rule is in force
 * @param words why, for who works on the account
 * @param until from when on this rule alone would allow it; null when it allows, and when no time
 *     alone will change its word
 */
public record Ruling(
    String rule,
    String pack,
    LocalDate version,
    boolean allows,
    String words,
    @Nullable Instant until) {}
