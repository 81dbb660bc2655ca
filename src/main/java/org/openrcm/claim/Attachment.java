package org.openrcm.claim;

import org.jspecify.annotations.Nullable;

/**
 * PWK: papers that go with a claim or line.
 *
 * @param report PWK01
 * @param transmission PWK02
 * @param controlNumber PWK06 (PWK05 is {@code AC})
 */
public record Attachment(String report, String transmission, @Nullable String controlNumber) {}
