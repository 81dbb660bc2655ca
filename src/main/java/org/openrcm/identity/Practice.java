package org.openrcm.identity;

import java.util.UUID;

/**
 * A practice: whom data belong to.
 *
 * @param madeUp whether its data are made up, so that its sign-in links may be printed
 */
public record Practice(UUID id, String name, boolean madeUp) {}
