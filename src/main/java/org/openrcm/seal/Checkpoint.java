package org.openrcm.seal;

import java.time.Instant;
import java.util.Base64;

/**
 * How far a chain was sealed, and what it came to: the text of a note as transparency logs sign it
 * (C2SP tlog-checkpoint), with the moment as a line of its own.
 *
 * @param size how many entries
 * @param root of the tree over them
 */
record Checkpoint(String chain, long size, Hash root, Instant at) {
  private static final int LINES = 4;

  String text() {
    return Note.ORIGIN
        + chain
        + "\n"
        + size
        + "\n"
        + Base64.getEncoder().encodeToString(root.bytes())
        + "\n"
        + at
        + "\n";
  }

  /**
   * The checkpoint that a note tells.
   *
   * @throws IllegalArgumentException when it tells none
   */
  static Checkpoint of(Note note) {
    String[] lines = note.text().split("\n", -1);
    if (lines.length != LINES + 1 || !lines[0].startsWith(Note.ORIGIN)) {
      throw new IllegalArgumentException("no checkpoint");
    }
    return new Checkpoint(
        lines[0].substring(Note.ORIGIN.length()),
        Long.parseLong(lines[1]),
        Hash.of(Base64.getDecoder().decode(lines[2])),
        Instant.parse(lines[3]));
  }
}
