/**
 * What the database has closed only: secrets, social security numbers, bank accounts. In comes a
 * value and where it will be kept; out goes what says nothing without the file of keys beside the
 * database. Never is a key logged, or a value opened that belongs to another place or practice.
 */
@NullMarked
package org.openrcm.vault;

import org.jspecify.annotations.NullMarked;
