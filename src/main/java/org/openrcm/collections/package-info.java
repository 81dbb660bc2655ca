/**
 * The collections queue: whom to talk to next about what they owe, and why them.
 *
 * <p>In: what statements have asked for, flags, plans and payments; what collectors do. Out: each
 * account that may be worked, to one collector at a time, in the order of what is likely to be paid
 * for a minute of work; promises to pay, and whether they were kept. Never: an account that a rule
 * keeps out, an account that two people hold, an account that is lost when somebody vanishes.
 */
@NullMarked
package org.openrcm.collections;

import org.jspecify.annotations.NullMarked;
