package org.openrcm.portal;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Something that a patient asked of the office.
 *
 * @param claim number of the visit that a dispute is about
 * @param line LX01 of the service that it is about; null for the visit as a whole
 * @param words as they were typed
 * @param answered when the office took the flag off; null while it is up
 */
public record PatientRequest(
    UUID id,
    Kind kind,
    @Nullable Long claim,
    @Nullable Integer line,
    @Nullable Reason reason,
    String words,
    LocalDate madeOn,
    UUID flag,
    boolean withdrawn,
    @Nullable LocalDate answered) {

  /** What is asked. */
  public enum Kind {
    DISPUTE,
    ASSISTANCE
  }

  /** What is wrong, by the patient's choice. */
  public enum Reason {
    NOT_MINE("did not get this care"),
    PLAN("the plan should pay"),
    PAID("has paid this"),
    AMOUNT("the amount is wrong"),
    INSURANCE("the wrong insurance was billed"),
    OTHER("something else");

    private final String office;

    Reason(String office) {
      this.office = office;
    }

    /** For people of the office. */
    String office() {
      return office;
    }

    /** As forms and keys of texts have it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static @Nullable Reason of(String code) {
      for (Reason reason : values()) {
        if (reason.code().equals(code)) {
          return reason;
        }
      }
      return null;
    }
  }

  /** Whether somebody still has to look at it. */
  public boolean isOpen() {
    return !withdrawn && answered == null;
  }

  /** What somebody says who asks for help, as far as they like to. */
  record Household(@Nullable Integer people, @Nullable Money income, String phone) {}
}
