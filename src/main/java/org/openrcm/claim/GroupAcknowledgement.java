package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.x12.SetEnd;

/**
 * One 999: what became of a functional group of ours (005010X231A1).
 *
 * @param source the transaction set that says so
 * @param kind AK101, GS01 of the group that is answered: {@code HC} claims, {@code HP} payments
 * @param groupControl AK102: its GS06
 * @param guide AK103: its GS08
 * @param segment number of AK1 in the transaction set; of ST when AK1 is missing
 * @param byteOffset of that segment in the file, -1 when not known
 */
public record GroupAcknowledgement(
    SetSource source,
    String kind,
    String groupControl,
    @Nullable String guide,
    long segment,
    long byteOffset) {

  /**
   * AK9, at the end.
   *
   * @param code AK901: {@code A} accepted, {@code E} accepted with errors, {@code P} in part,
   *     {@code R} rejected; {@code M}, {@code W}, {@code X} rejected for reasons of security; empty
   *     when AK9 is missing
   * @param included AK902, how many sets the group said it had; -1 when not known
   * @param received AK903, how many were found; -1 when not known
   * @param accepted AK904, how many of them were accepted; -1 when not known
   * @param errors AK905 to AK909: what was wrong with the group itself
   * @param sets how many sets this 999 told of
   * @param end whether the 999 was closed as it should be
   * @param segment number of AK9, 0 when it is missing
   * @param byteOffset of AK9, -1 when not known
   */
  public record Result(
      String code,
      int included,
      int received,
      int accepted,
      List<String> errors,
      int sets,
      SetEnd end,
      long segment,
      long byteOffset) {

    /** Not one of the group's sets was accepted. */
    public boolean isRejected() {
      return Acceptance.ofCode(code) == Acceptance.REJECTED;
    }
  }
}
