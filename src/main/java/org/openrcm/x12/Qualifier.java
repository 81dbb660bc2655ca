package org.openrcm.x12;

import java.util.Set;

/**
 * What tells a slot's segments from others of the same tag.
 *
 * @param element which element is looked at, from 1
 * @param composite whether it is a composite, of which the first component counts
 * @param codes its values that belong to the slot; empty for any
 */
record Qualifier(int element, boolean composite, Set<String> codes) {
  static final Qualifier NONE = new Qualifier(1, false, Set.of());
}
