package org.openrcm.posting;

import java.util.Locale;

/** Why somebody has to look at something: the types of exceptions. */
public enum Trouble {
  NO_CLAIM(
      "No such claim",
      "No claim of this number was sent from here. Its money waits as unapplied credit.",
      "Choose the claim it is for, or wait for the 837."),
  PATIENT_DIFFERS(
      "Another patient",
      "The claim number fits, but neither member number nor last name of the patient does.",
      "Choose the claim it is for; choose this one if the names mean the same person."),
  HELD_BACK(
      "Left out",
      "Somebody left it out when the check was posted. Its money waits as unapplied credit.",
      "Take it in when it is right."),
  REVERSAL_WITHOUT_PAYMENT(
      "Nothing to take back",
      "The payer takes back a decision that is not posted here.",
      "Post the check that it takes back, or apply it as sent."),
  REVERSAL_DIFFERS(
      "Not an exact reversal",
      "The payer takes back other amounts than it decided before.",
      "Compare both with the payer's letter; apply it as sent if it is right."),
  SECOND_DECISION(
      "Decided twice",
      "The charge was decided on before. The earlier decision must be taken back first, or this one"
          + " came twice.",
      "Wait for the reversal, or apply it as sent if both are right."),
  NOT_OURS(
      "Sent on to another payer",
      "The payer says that the claim is not its own and that it sent it on.",
      "Wait for the other payer."),
  PATIENT_UNKNOWN(
      "Patient unknown to the payer",
      "The payer does not know the patient. The claim is not decided.",
      "Check the coverage and send the claim to the right payer."),
  ESTIMATE(
      "An estimate",
      "The payer says what it would pay. Nothing is owed by it.",
      "Keep it for the visit."),
  AMOUNT_TOO_LARGE(
      "Amount out of range",
      "An amount is 100 billion dollars or more, or cannot be read. Nothing of it is posted.",
      "Ask the sender for a correct file."),
  CHARGE_DIFFERS(
      "Charge differs",
      "The payer decided on a larger charge than was billed.",
      "Compare with the claim; post a correction if the claim was changed."),
  EARLIER_PAYER_NOT_POSTED(
      "Earlier payer's check missing",
      "This payer counts what an earlier payer did, whose decision is not posted here.",
      "Get the earlier payer's remittance."),
  QMB_COST_SHARE(
      "Never the patient's",
      "The patient is a Qualified Medicare Beneficiary: Medicare's cost share is Medicaid's, never"
          + " the patient's.",
      "Bill Medicaid; give back what the patient may have paid."),
  OVERPAID(
      "Paid more than billed",
      "Insurers paid and adjusted more than the claim's charge.",
      "Wait for the payer to take it back, or give it back."),
  TAKEBACK_WITHOUT_REVERSAL(
      "Taken back without a decision",
      "The payer took money back for this claim and did not say how it is decided now.",
      "Ask for the decision; bill again, or appeal."),
  TAKEBACK_UNEXPLAINED(
      "Takeback for no known claim",
      "The payer took money back that no posted check announced, under no number known here.",
      "Choose the claim it is for."),
  UNBALANCED(
      "Does not balance",
      "The check, or a claim in it, does not add up.",
      "See where it arises; post it if the payment itself is right."),
  INCOMPLETE(
      "Not whole",
      "Part of the check could not be read.",
      "Ask the sender for a whole file; or post what was read."),
  CAME_TWICE(
      "Came again",
      "The same check came in another file. Nothing of it was posted again.",
      "Nothing, if the payer sent it twice by mistake.");

  private final String label;
  private final String words;
  private final String advice;

  Trouble(String label, String words, String advice) {
    this.label = label;
    this.words = words;
    this.advice = advice;
  }

  public String label() {
    return label;
  }

  /** What is the matter, in a sentence or two. */
  public String words() {
    return words;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }

  /** The one thing to do next, in a few words. */
  public String next() {
    return switch (this) {
      case NO_CLAIM, PATIENT_DIFFERS, TAKEBACK_UNEXPLAINED -> "Choose the claim";
      case HELD_BACK -> "Take it in";
      case REVERSAL_WITHOUT_PAYMENT, REVERSAL_DIFFERS, SECOND_DECISION -> "Compare, then apply";
      case NOT_OURS -> "Wait for the other payer";
      case PATIENT_UNKNOWN -> "Check the coverage";
      case ESTIMATE -> "Keep it for the visit";
      case AMOUNT_TOO_LARGE, INCOMPLETE -> "Ask for a correct file";
      case CHARGE_DIFFERS -> "Compare with the claim";
      case EARLIER_PAYER_NOT_POSTED -> "Get the earlier check";
      case QMB_COST_SHARE -> "Bill Medicaid";
      case OVERPAID -> "Give it back, or wait";
      case TAKEBACK_WITHOUT_REVERSAL -> "Ask for the decision";
      case UNBALANCED -> "See where it arises";
      case CAME_TWICE -> "Read and close";
    };
  }

  /** Which of the four meanings of colour it has. */
  public String meaning() {
    return switch (this) {
      case AMOUNT_TOO_LARGE, UNBALANCED, INCOMPLETE, OVERPAID -> "wrong";
      case HELD_BACK, NOT_OURS, ESTIMATE, CAME_TWICE -> "neutral";
      default -> "attention";
    };
  }

  /** As addresses have it. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether choosing a claim solves it. */
  public boolean isSolvedByClaim() {
    return this == NO_CLAIM || this == PATIENT_DIFFERS || this == TAKEBACK_UNEXPLAINED;
  }

  /** Whether applying the payment as it was sent solves it. */
  public boolean isSolvedAsSent() {
    return this == REVERSAL_WITHOUT_PAYMENT || this == REVERSAL_DIFFERS || this == SECOND_DECISION;
  }

  /** Whether it tells something that cannot be mended here: to be read and closed. */
  public boolean isClosedByReading() {
    return !isSolvedByClaim() && this != HELD_BACK;
  }
}
