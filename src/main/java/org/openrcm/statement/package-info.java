/**
 * What patients are sent: statements that they understand, drawn from what insurers decided and
 * from the books.
 *
 * <p>In: accounts, their visits as the journal has them, the decisions behind, and the practice's
 * policy. Out: a statement as a page and as a tagged PDF of the same source, kept as it was sent;
 * or every reason why there is none. Never: an amount that no entry of the journal stands behind,
 * one above what the last insurer left to the patient, one that an insurer has yet to decide on.
 */
@NullMarked
package org.openrcm.statement;

import org.jspecify.annotations.NullMarked;
