package org.openrcm.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openrcm.billing.FileSegments;
import org.openrcm.billing.SegmentText;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives other rooms the segments behind their figures. */
@Configuration(proxyBeanMethods = false)
class QuotedSegments {

  @Bean
  FileSegments fileSegments(RawView raw) {
    return wanted -> {
      Map<Long, SegmentText> found = new LinkedHashMap<>();
      raw.numbered(wanted).forEach((number, segment) -> found.put(number, text(segment)));
      return found;
    };
  }

  private static SegmentText text(RawSegment segment) {
    return new SegmentText(
        segment.number(),
        segment.byteOffset(),
        segment.elements().stream()
            .map(
                element ->
                    new SegmentText.Element(
                        element.designator(), element.separator(), element.text()))
            .toList());
  }
}
