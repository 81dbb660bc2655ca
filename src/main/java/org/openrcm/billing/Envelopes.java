package org.openrcm.billing;

import java.util.HashMap;
import java.util.Map;
import org.openrcm.x12.Segment;

/** Follows the envelopes of one file, and tells of each transaction set where it stands. */
public final class Envelopes {
  private static final int REMEMBERED_SETS = 100_000;

  private final String file;
  private final String fileHash;
  private final Map<String, Integer> occurrences = new HashMap<>();
  private String sender = "";
  private String interchangeControl = "";
  private String groupControl = "";
  private String groupGuide = "";

  /**
   * The envelopes of one file.
   *
   * @param file its name
   * @param fileHash SHA-256 of its bytes as received, in hexadecimal; empty when not known
   */
  public Envelopes(String file, String fileHash) {
    this.file = file;
    this.fileHash = fileHash;
  }

  /** Takes a segment that stands outside of transaction sets; ISA and GS tell something. */
  public void follow(Segment segment) {
    switch (segment.key()) {
      case "Interchange.ISA" -> {
        sender = segment.text(6).strip();
        interchangeControl = segment.text(13);
        groupControl = "";
        groupGuide = "";
      }
      case "Group.GS" -> {
        groupControl = segment.text(6);
        groupGuide = segment.text(8);
      }
      default -> {
        // TA1, GE and IEA say nothing of where a set stands
      }
    }
  }

  /** ST03; GS08 where the set names no guide. */
  public String guide(Segment st) {
    return st.has(3) ? st.text(3) : groupGuide;
  }

  /** The set that starts here; of each, asked once: sets of the same numbers are counted. */
  public SetSource begin(Segment st) {
    String control = interchangeControl + "/" + groupControl + "/" + st.text(2);
    int occurrence = 1;
    if (occurrences.size() < REMEMBERED_SETS || occurrences.containsKey(control)) {
      occurrence = occurrences.merge(control, 1, Integer::sum);
    }
    return new SetSource(
        file,
        fileHash,
        sender,
        interchangeControl,
        groupControl,
        st.text(2),
        guide(st),
        occurrence);
  }

  /** The interchange by itself, as the source of a TA1. */
  public SetSource interchange() {
    return new SetSource(file, fileHash, sender, interchangeControl, "", "", "", 1);
  }
}
