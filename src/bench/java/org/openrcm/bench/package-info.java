/**
 * The bench: made-up 835 files of any size come in, a table of speeds and heaps goes out; the
 * product never depends on it.
 */
@NullMarked
package org.openrcm.bench;

import org.jspecify.annotations.NullMarked;
