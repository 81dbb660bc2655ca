/**
 * Starts and stops the server: its database, its first users, the made-up practice, the page that
 * everybody comes to first, what operators look at; copies all that is kept, and says whether it is
 * whole.
 *
 * <p>In: the settings of the environment. Out: a running application, and on standard output the
 * address and who can sign in. Never: a rule of billing.
 */
@NullMarked
package org.openrcm.server;

import org.jspecify.annotations.NullMarked;
