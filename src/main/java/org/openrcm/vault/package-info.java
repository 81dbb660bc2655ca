/**
 * What the database has closed only: secrets, social security numbers, bank accounts, files as they
 * came.
 *
 * <p>In: a value, and where it will be kept. Out: what says nothing without the file of keys beside
 * the database, and opens again in that place and practice only. Never: a key in a log, or a value
 * opened that belongs to another place or practice.
 */
@NullMarked
package org.openrcm.vault;

import org.jspecify.annotations.NullMarked;
