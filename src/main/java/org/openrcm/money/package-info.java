/**
 * Exact US money.
 *
 * <p>In: decimal text or whole cents. Out: {@link org.openrcm.money.Money}. Never: a double, a
 * rounding, or an overflow that passes in silence.
 */
@NullMarked
package org.openrcm.money;

import org.jspecify.annotations.NullMarked;
