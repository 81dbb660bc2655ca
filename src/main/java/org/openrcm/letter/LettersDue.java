package org.openrcm.letter;

import java.util.Collection;

/**
 * Letters to these accounts are about to be printed. Who wanted them withdraws, before this
 * returns, those whose reason has gone away since.
 *
 * @param accounts by their numbers
 */
public record LettersDue(Collection<Long> accounts) {}
