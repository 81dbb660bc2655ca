/**
 * Practices, the people and programs that work for them, and what each may do.
 *
 * <p>In: sign-ins, and tokens of API clients. Out: the {@link org.openrcm.audit.Actor} of each
 * request, and transactions that see one practice's rows and no others. Never: a way in that is not
 * on the record, a password or code that can be read back, an endpoint that no row of {@code
 * rules/permissions.tsv} opens.
 */
@NullMarked
package org.openrcm.identity;

import org.jspecify.annotations.NullMarked;
