package org.openrcm.contact;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.FlagKind;

/** What can be known of how somebody may be reached. */
public enum NoticeKind {
  CALL_CONSENT(
      "Agreed to more calls", "For seven days, until you have spoken (C3).", Needs.NOTHING),
  TEXT_CONSENT("Agreed to texts", "To this number, for what is said (C11, C29).", Needs.NUMBER),
  AUTOMATIC_CONSENT(
      "Agreed to automatic calls",
      "Dialled by a machine or with a recorded voice (C29).",
      Needs.NUMBER),
  NUMBER_CHECKED(
      "Number not reassigned",
      "The reassigned numbers database was asked today (C11).",
      Needs.NUMBER),
  REVOKED("Took a consent back", "No more texts and automatic calls (C29).", Needs.NUMBER),
  REFUSED_CHANNEL("Does not want this way", "Not to be used again (C10, C13).", Needs.CHANNEL),
  NOT_AT_TIMES("Not at these times", "Every day, or on the days chosen (C6).", Needs.TIMES),
  NOT_AT_PLACE("Not there", "Not at this number, or not at work (C6).", Needs.PLACE),
  AGREED_TO_TIMES(
      "Agreed to these times",
      "Themselves, to us: also before 8 am or after 9 pm, or where they had said no before (C5, C6).",
      Needs.TIMES),
  AGREED_TO_PLACE(
      "Agreed to be reached there",
      "Themselves, to us: at this number, or at work, where they had said no before (C6).",
      Needs.PLACE),
  CEASE("Wrote to stop", "In writing: no more contact (C8).", Needs.NOTHING),
  LAWYER("Has a lawyer", "Write to the lawyer only; bills and the queue wait (C7).", Needs.NAME),
  LAWYER_CONSENTS(
      "The lawyer lets us write",
      "Directly to who is to pay (C7). For bills, lower the flag too.",
      Needs.NOTHING),
  BANKRUPTCY(
      "Filed for bankruptcy",
      "Visits up to the day of the petition are stayed; bills and the queue wait (C30).",
      Needs.DAY_AND_NAME),
  ESTATE("Speaks for the estate", "By name, as executor or next of kin (C26).", Needs.NAME),
  EMAIL_GIVEN("Gave this e-mail address", "Themselves, to us (C12).", Needs.EMAIL),
  EMAIL_FAILED(
      "E-mail does not arrive",
      "Nothing more to this address until it is corrected or given again.",
      Needs.EMAIL),
  EMAIL_NOTICE(
      "Told of e-mail by the creditor", "With 35 days to say no (C12).", Needs.DAY_AND_EMAIL),
  VALIDATION_SENT("Validation notice sent", "On this day (C16, C19).", Needs.DAY),
  CREDITOR_ASKED(
      "Asks who the first creditor was",
      "In writing: stop until it is answered (C22).",
      Needs.NOTHING),
  ELECTRONIC_CONSENT(
      "Takes notices electronically", "As the E-SIGN Act asks for (C27).", Needs.NOTHING),
  ACTION_NOTICE(
      "Told of what may be done",
      "30 days ahead, naming each, with the help summary (C31).",
      Needs.DAY_AND_NAME),
  SPOKE_OF_HELP("Told of help by word", "Of the assistance policy (C31).", Needs.DAY),
  NUMBER_IS("What a number is", "Home, mobile or work (C6, C45).", Needs.NUMBER_AND_PLACE);

  private final String label;
  private final String words;
  private final Needs needs;

  /** What has to be said with it. */
  enum Needs {
    NOTHING,
    NUMBER,
    CHANNEL,
    TIMES,
    PLACE,
    NAME,
    DAY,
    DAY_AND_NAME,
    EMAIL,
    DAY_AND_EMAIL,
    NUMBER_AND_PLACE
  }

  NoticeKind(String label, String words, Needs needs) {
    this.label = label;
    this.words = words;
    this.needs = needs;
  }

  public String label() {
    return label;
  }

  /** What it means for who works on the account. */
  public String words() {
    return words;
  }

  /** What it is for bills, payments and the queue, which know flags only; null for nothing. */
  @Nullable FlagKind flag() {
    return switch (this) {
      case BANKRUPTCY -> FlagKind.BANKRUPTCY;
      case LAWYER -> FlagKind.ATTORNEY;
      default -> null;
    };
  }

  Needs needs() {
    return needs;
  }

  /** As forms have it. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
