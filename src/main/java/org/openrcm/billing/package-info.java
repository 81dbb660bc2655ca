/**
 * What bills and their payments are made of: the values of segments that 837 and 835 share.
 *
 * <p>In: segments that {@code x12} has placed. Out: names, addresses, references, days, amounts,
 * adjustments and procedures as sent ({@link org.openrcm.billing.Parts}), our own words for code
 * lists ({@link org.openrcm.billing.CodeList}), and ids made from content ({@link
 * org.openrcm.billing.ContentId}). Never: what a claim or a payment is, a value guessed, or a value
 * in a finding.
 */
@NullMarked
package org.openrcm.billing;

import org.jspecify.annotations.NullMarked;
