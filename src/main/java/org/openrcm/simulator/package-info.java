/**
 * A made-up world to try the system with: practices that bill, and a payer in a box that answers.
 *
 * <p>In: a number of claims and a seed, or 837s of anybody. Out: 837s of made-up practices; for an
 * 837 its acknowledgements (TA1, 999, 277CA), 835s that reconcile with it, and a table of what each
 * claim is meant to end as. Never: a real person, practice, payer or number; two runs of one seed
 * that differ; a file's claims held in memory; or the clock: every day comes from what goes in.
 */
@NullMarked
package org.openrcm.simulator;

import org.jspecify.annotations.NullMarked;
