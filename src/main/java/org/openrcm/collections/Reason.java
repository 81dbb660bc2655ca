package org.openrcm.collections;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One reason why an account is not in the queue.
 *
 * @param rule that it breaks
 * @param until the first day on which it does not hold any more; null when no day is known
 */
record Reason(Eligibility rule, @Nullable LocalDate until) {}
