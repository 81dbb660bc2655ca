package org.openrcm.claim;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * STC: one status of a batch, a claim or a line in a 277CA.
 *
 * @param codes STC01, STC10 and STC11, as many as were sent
 * @param date STC02: the day of the status
 * @param action STC03: {@code WQ} accepted, {@code U} rejected
 * @param amount STC04: what was charged
 * @param message STC12: free text of the payer, which may name a patient
 * @param segment its number in the transaction set
 * @param byteOffset in the file, -1 when not known
 */
public record Status(
    List<Code> codes,
    @Nullable LocalDate date,
    @Nullable String action,
    @Nullable Money amount,
    @Nullable String message,
    long segment,
    long byteOffset) {

  /**
   * C043.
   *
   * @param category the first component, such as {@code A7}; words in the list {@code
   *     claim-status-category}
   * @param code the second, such as {@code 562}; words in the list {@code claim-status-code}
   * @param entity the third: whom or what it is about, such as {@code 85}; words in the list {@code
   *     claim-status-entity}
   */
  public record Code(String category, String code, @Nullable String entity) {}

  /** Rejected when one of its categories says so, else accepted when one does (X33). */
  public Acceptance acceptance() {
    Acceptance found = Acceptance.UNDECIDED;
    for (Code code : codes) {
      switch (Acceptance.ofCategory(code.category(), date)) {
        case REJECTED -> {
          return Acceptance.REJECTED;
        }
        case ACCEPTED -> found = Acceptance.ACCEPTED;
        case UNDECIDED -> {}
      }
    }
    return found;
  }

  /** The same for several statuses together. */
  static Acceptance acceptance(List<Status> statuses) {
    Acceptance found = Acceptance.UNDECIDED;
    for (Status status : statuses) {
      Acceptance one = status.acceptance();
      if (one == Acceptance.REJECTED) {
        return one;
      }
      found = one == Acceptance.ACCEPTED ? one : found;
    }
    return found;
  }
}
