package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a 999 says of one transaction set: loop 2000 (AK2, IK5).
 *
 * @param set AK201, such as {@code 837}
 * @param setControl AK202: ST02 of the set that is answered
 * @param guide AK203
 * @param code IK501: {@code A} accepted, {@code E} accepted with errors, {@code R} rejected; {@code
 *     M}, {@code W}, {@code X} rejected for reasons of security; empty when IK5 is missing
 * @param codes IK502 to IK506: why
 * @param errors 2100, the first ten thousand
 * @param moreErrors how many segments in error came after those
 * @param segment number of AK2 in the transaction set
 * @param byteOffset of AK2 in the file, -1 when not known
 */
public record SetAcknowledgement(
    String set,
    String setControl,
    @Nullable String guide,
    String code,
    List<String> codes,
    List<SegmentError> errors,
    int moreErrors,
    long segment,
    long byteOffset) {

  public Acceptance acceptance() {
    return Acceptance.ofCode(code);
  }

  /**
   * IK3 and what hangs below it: a segment in error.
   *
   * @param tag IK301
   * @param position IK302: where it stands in its set, ST being 1; for one that is missing, where
   *     it was missed; 0 when not known
   * @param loop IK303: the first four characters of the loop's id, such as {@code 2010}
   * @param code IK304: {@code 1} not known, {@code 3} missing, {@code 8} its elements are wrong ...
   * @param contexts CTX: which claim it belongs to, and what made a rule apply
   * @param elements IK4
   * @param segment number of IK3 in the transaction set
   * @param byteOffset of IK3 in the file, -1 when not known
   */
  public record SegmentError(
      String tag,
      long position,
      @Nullable String loop,
      @Nullable String code,
      List<Context> contexts,
      List<ElementError> elements,
      long segment,
      long byteOffset) {

    /** CLM01 of the claim that it stands in, or null when the 999 does not say. */
    public @Nullable String patientControlNumber() {
      for (Context context : contexts) {
        if (context.name().equals("CLM01")) {
          return context.reference();
        }
      }
      return null;
    }
  }

  /**
   * CTX.
   *
   * @param name CTX01-1: {@code CLM01}, {@code TRN02}, {@code SITUATIONAL TRIGGER} ...
   * @param reference CTX01-2: the value of what is named, such as a claim's number
   * @param tag CTX02
   * @param position CTX03, 0 when it was not sent
   * @param loop CTX04
   * @param element CTX05-1: element of the segment, from 1; 0 when it was not sent
   * @param component CTX05-2, 0 when it was not sent
   * @param repeat CTX05-3, 0 when it was not sent
   * @param dataElement CTX06, components with {@code :} between them
   */
  public record Context(
      String name,
      @Nullable String reference,
      @Nullable String tag,
      long position,
      @Nullable String loop,
      int element,
      int component,
      int repeat,
      @Nullable String dataElement) {}

  /**
   * IK4: an element in error.
   *
   * @param element IK401-1: which element of the segment, from 1; 0 when not known
   * @param component IK401-2: which part of a composite, from 1; 0 when it was not sent
   * @param repeat IK401-3: which repetition, from 1; 0 when it was not sent
   * @param dataElement IK402: the element's number in the data element dictionary
   * @param code IK403: {@code 1} missing, {@code 7} not a code of its list ...
   * @param value IK404, as sent: may be a patient's
   * @param contexts CTX
   * @param segment number of IK4 in the transaction set
   * @param byteOffset of IK4 in the file, -1 when not known
   */
  public record ElementError(
      int element,
      int component,
      int repeat,
      @Nullable String dataElement,
      String code,
      @Nullable String value,
      List<Context> contexts,
      long segment,
      long byteOffset) {}
}
