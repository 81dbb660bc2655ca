/**
 * How the practice does: what is owed and for how long, how fast it comes in, how much of it is
 * refused, and how much of what was due came.
 *
 * <p>In: the journal, claims, statements, what patients promised and who noted it. Out: the
 * manager's page, and the rows behind each of its figures. Totals are kept and brought up to the
 * journal ({@link org.openrcm.report.Totals}), so that the page does not grow slower with the
 * books. Never: a total that is not the sum of its rows, a change of anything that is not the
 * report's own.
 */
@NullMarked
package org.openrcm.report;

import org.jspecify.annotations.NullMarked;
