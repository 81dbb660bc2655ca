/**
 * X12 bytes to interchanges, groups, transaction sets, loops, segments and elements.
 *
 * <p>In: files or streams of X12 ({@link org.openrcm.x12.X12File}) and the mappings of {@code
 * edi-mappings/} ({@link org.openrcm.x12.Mappings}). Out: one {@link org.openrcm.x12.Segment} after
 * the other, each placed in its loop, and a {@link org.openrcm.x12.Finding} for all that is not as
 * it should be. Two engines do the same work: {@link org.openrcm.x12.StreamingEngine} and {@code
 * SmooksEngine}.
 *
 * <p>Never: what a claim or a payment means, memory that grows with the file, data values in a
 * finding, or a segment dropped unseen.
 */
@NullMarked
package org.openrcm.x12;

import org.jspecify.annotations.NullMarked;
