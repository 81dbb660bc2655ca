package org.openrcm.x12;

/** The rules of structure: envelope, loops, segments and elements (SNIP levels 1 and 2). */
public enum Syntax implements FindingRule {
  /** No ISA that can be read: the file is not X12. */
  NO_INTERCHANGE(1, Severity.ERROR),
  /** Bytes that belong to no interchange. */
  OUTSIDE_INTERCHANGE(1, Severity.ERROR),
  /** An ISA whose elements do not have their fixed lengths (106 bytes in all). */
  ISA_LENGTH(1, Severity.WARNING),
  /** The file ends in the middle of a segment. */
  TRUNCATED(1, Severity.ERROR),
  /** The compressed stream is damaged or the medium failed. */
  UNREADABLE(1, Severity.ERROR),
  /** A segment longer than the reader holds in memory; its bytes were passed over. */
  SEGMENT_TOO_LONG(1, Severity.ERROR),
  /** A segment that has no tag. */
  EMPTY_SEGMENT(1, Severity.WARNING),
  /** SE, GE or IEA (or what they close) is missing. */
  ENVELOPE_NOT_CLOSED(1, Severity.ERROR),
  /** GS or ST is missing before what stands here. */
  ENVELOPE_NOT_OPENED(1, Severity.ERROR),
  /** SE01, GE01 or IEA01 differs from what was counted. */
  ENVELOPE_COUNT(1, Severity.ERROR),
  /** SE02, GE02 or IEA02 differs from ST02, GS06 or ISA13. */
  CONTROL_NUMBER(1, Severity.ERROR),
  /** The same interchange, group and set control numbers came before in this file. */
  REPEATED_SET(1, Severity.WARNING),
  /** ST01 and GS08 name a transaction set that no mapping describes. */
  NO_MAPPING(2, Severity.ERROR),
  /** No mapping of exactly this guide; the nearest version was used. */
  NEAREST_MAPPING(2, Severity.WARNING),
  /** Another transaction set than the one asked for. */
  OTHER_SET(2, Severity.ERROR),
  /** A tag that the mapping does not know at all. */
  UNKNOWN_SEGMENT(1, Severity.ERROR),
  /** A known tag with a qualifier that the mapping does not know here, or in the wrong loop. */
  UNEXPECTED_SEGMENT(2, Severity.ERROR),
  /** Known here, but before or after its place. */
  SEGMENT_ORDER(1, Severity.WARNING),
  /** HL01 is not the number of levels so far. */
  LEVEL_NUMBER(1, Severity.ERROR),
  /** HL02 names another level than the one that the segment stands below. */
  LEVEL_PARENT(1, Severity.ERROR),
  /** HL04 announces levels below where none follow, or none where one follows. */
  LEVEL_CHILDREN(1, Severity.WARNING),
  /** A loop in a place where what stands around it does not let it be. */
  WRONG_PARENT(2, Severity.ERROR),
  MISSING_SEGMENT(2, Severity.ERROR),
  MISSING_LOOP(2, Severity.ERROR),
  TOO_MANY_REPEATS(2, Severity.ERROR),
  MISSING_ELEMENT(1, Severity.ERROR),
  /** An element or component that the guide does not use in this place. */
  UNUSED_ELEMENT(2, Severity.ERROR),
  /** Elements that need or exclude each other. */
  ELEMENT_SYNTAX(1, Severity.ERROR),
  TOO_MANY_ELEMENTS(1, Severity.ERROR),
  ELEMENT_LENGTH(1, Severity.ERROR),
  ELEMENT_TYPE(1, Severity.ERROR),
  ELEMENT_CODE(2, Severity.ERROR),
  /** The Smooks engine could not read on; the message has its own words for why. */
  ENGINE_REFUSED(1, Severity.ERROR);

  private final int level;
  private final Severity severity;

  Syntax(int level, Severity severity) {
    this.level = level;
    this.severity = severity;
  }

  @Override
  public int level() {
    return level;
  }

  @Override
  public Severity severity() {
    return severity;
  }
}
