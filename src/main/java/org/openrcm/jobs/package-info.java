/**
 * Work that goes on when nobody waits for it, on whichever node is free.
 *
 * <p>In: {@link org.openrcm.jobs.Jobs#enqueue} in the transaction that makes the work necessary.
 * Out: each job done by the {@link org.openrcm.jobs.JobKind} of its name, as the actor of the
 * practice it belongs to, at least once and until it succeeds or is given up. Never: patient data
 * in a job (it carries ids only) or in a log line about one.
 */
@NullMarked
package org.openrcm.jobs;

import org.jspecify.annotations.NullMarked;
