package org.openrcm.x12;

/** A named rule that content can break; each module lists its own in an enum. */
public interface FindingRule {

  /** The stable name that users filter by, such as {@code SEGMENT_COUNT}. */
  String name();

  /** The WEDI SNIP level: 1 syntax, 2 implementation guide, 3 balancing. */
  int level();

  Severity severity();
}
