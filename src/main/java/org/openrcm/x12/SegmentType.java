package org.openrcm.x12;

import java.util.List;

/**
 * A segment's elements as the mapping describes them, shared by all slots that hold the segment.
 *
 * @param tag such as {@code NM1}
 * @param notes which elements need or exclude each other
 */
record SegmentType(String tag, List<ElementType> elements, List<SyntaxNote> notes) {}
