package org.openrcm.x12;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which codes of TA1 and 999 a finding comes to. */
final class AcknowledgementCodes {
  /** ST01 of the sets that guides describe; of others the 999 says that they are not supported. */
  private static final Set<String> KNOWN_SETS =
      Set.of("270", "271", "276", "277", "278", "820", "834", "835", "837", "999");

  private static final String ELEMENTS_IN_ERROR = "8";
  private static final Set<String> DAYS = Set.of("373", "1251");
  private static final String TIME = "337";

  private AcknowledgementCodes() {}

  /** IK502: what is wrong with the set as a whole; null when it is a matter of one segment. */
  static @Nullable String ofSet(Finding finding, String set) {
    if ("Transaction.SE".equals(finding.missing())) {
      return "2";
    }
    if (finding.rule() instanceof Syntax rule) {
      switch (rule) {
        case NO_MAPPING -> {
          return KNOWN_SETS.contains(set) ? "I6" : "1";
        }
        case OTHER_SET -> {
          return "1";
        }
        case NEAREST_MAPPING -> {
          return "I6";
        }
        case REPEATED_SET -> {
          return "23";
        }
        case ENVELOPE_NOT_CLOSED, TRUNCATED, UNREADABLE -> {
          return "2";
        }
        case CONTROL_NUMBER -> {
          return "3";
        }
        case ENVELOPE_COUNT -> {
          return "4";
        }
        case EMPTY_SEGMENT, ENGINE_REFUSED -> {
          return "5";
        }
        default -> {
          // of one segment or element
        }
      }
    }
    String element = finding.place().element();
    return element == null
        ? null
        : switch (element) {
          case "ST01" -> "6";
          case "ST02" -> "7";
          case "ST03" -> "19";
          case "SE01" -> "4";
          case "SE02" -> "3";
          default -> null;
        };
  }

  /** IK304: what is wrong with a segment. */
  static String ofSegment(Finding finding, boolean opensLoop) {
    boolean element = finding.place().element() != null;
    if (finding.rule() instanceof Syntax rule) {
      switch (rule) {
        case UNKNOWN_SEGMENT -> {
          return "1";
        }
        case MISSING_SEGMENT -> {
          return "3";
        }
        case MISSING_LOOP -> {
          return "I7";
        }
        case SEGMENT_ORDER -> {
          return "7";
        }
        case TOO_MANY_REPEATS -> {
          return element ? ELEMENTS_IN_ERROR : opensLoop ? "4" : "5";
        }
        case TOO_MANY_ELEMENTS, SEGMENT_TOO_LONG -> {
          return ELEMENTS_IN_ERROR;
        }
        default -> {
          // by whether it names an element
        }
      }
    }
    return element || !(finding.rule() instanceof Syntax) ? ELEMENTS_IN_ERROR : "2";
  }

  /**
   * IK403: what is wrong with an element.
   *
   * @param number its number in the data element dictionary
   * @param tooShort whether it has fewer characters than it should
   */
  static String ofElement(Finding finding, @Nullable String number, boolean tooShort) {
    if (finding.rule() instanceof Syntax rule) {
      switch (rule) {
        case MISSING_ELEMENT -> {
          return "1";
        }
        case ELEMENT_SYNTAX -> {
          return "2";
        }
        case UNUSED_ELEMENT -> {
          return "I10";
        }
        case TOO_MANY_ELEMENTS -> {
          return finding.place().element() == null ? "3" : "13";
        }
        case TOO_MANY_REPEATS -> {
          return "12";
        }
        case ELEMENT_LENGTH -> {
          return tooShort ? "4" : "5";
        }
        case ELEMENT_TYPE -> {
          return ofType(number);
        }
        default -> {
          return "7";
        }
      }
    }
    // another module's rule: level 1 is a value that cannot be read
    return finding.rule().level() == 1 ? ofType(number) : "I12";
  }

  private static String ofType(@Nullable String number) {
    if (number != null && DAYS.contains(number)) {
      return "8";
    }
    return TIME.equals(number) ? "9" : "6";
  }

  /** AK905: what is wrong with a group as a whole, or null. */
  static @Nullable String ofGroup(Finding finding) {
    String tag = finding.place().segment();
    String element = finding.place().element();
    if (finding.rule() == Syntax.ENVELOPE_NOT_CLOSED) {
      return "Group".equals(finding.place().loop()) ? "3" : null;
    }
    if ("GE".equals(tag) && element != null) {
      return element.equals("GE01") ? "5" : "4";
    }
    return "GS06".equals(element) ? "6" : null;
  }

  /** TA105: what is wrong with an interchange, or null when the finding is not about it. */
  static @Nullable String ofInterchange(Finding finding, boolean fileEnded) {
    String tag = finding.place().segment();
    if (finding.rule() instanceof Syntax rule) {
      switch (rule) {
        case NO_INTERCHANGE, OUTSIDE_INTERCHANGE -> {
          return null;
        }
        case TRUNCATED, UNREADABLE -> {
          return "023";
        }
        case ISA_LENGTH -> {
          return "022";
        }
        case ENVELOPE_NOT_CLOSED -> {
          return fileEnded ? "023" : "022";
        }
        default -> {
          // by where it is
        }
      }
    }
    if ("TA1".equals(tag)) {
      return null;
    }
    if ("IEA".equals(tag)) {
      return "IEA02".equals(finding.place().element()) ? "001" : "021";
    }
    return "024";
  }
}
