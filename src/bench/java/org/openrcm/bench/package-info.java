/**
 * The benches, and the one main that runs them: what they measure it writes into
 * src/docs/performance.md. The product never depends on them.
 */
@NullMarked
package org.openrcm.bench;

import org.jspecify.annotations.NullMarked;
