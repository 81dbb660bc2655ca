package org.openrcm.identity;

import java.util.UUID;

/** Somebody who works for the practice, as colleagues know them. */
public record Colleague(UUID id, String name) {}
