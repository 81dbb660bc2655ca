package org.openrcm.statement;

import java.util.Locale;

/** Why there is no statement, or why a visit is not on one. */
enum Withheld {
  // of a visit
  INSURER_TO_ANSWER(
      "Insurer to answer", "An insurer has not decided on all of it.", "Wait, or ask the insurer."),
  DENIAL_OPEN(
      "Denial open",
      "An insurer refused a part, and nobody has decided yet what comes of it.",
      "Work the denial."),
  EXCEPTION_OPEN(
      "On the exceptions list",
      "A payment or a reversal of it waits for somebody.",
      "Solve the exception."),
  VISIT_DISPUTED("Visit disputed", "The patient says that it is wrong.", "Answer the dispute."),
  VISIT_ON_HOLD("Visit on hold", "Somebody put it on hold.", "Take the hold off."),
  QMB(
      "Qualified Medicare beneficiary",
      "Medicare's cost share must never be billed to this patient (42 USC 1396a(n)(3)(B)).",
      "Bill Medicaid. Give back what was taken."),
  NO_SURPRISES(
      "No Surprises Act",
      "More would be asked for than the plan calls the patient's share (45 CFR 149.410 to 149.440).",
      "Take off what is above it. Give back what was taken."),
  MEDICAID(
      "Medicaid",
      "Medicaid's payment is payment in full; only its copay may be billed (42 CFR 447.15).",
      "Write the rest off."),
  ABOVE_FINAL_SHARE(
      "Above the insurer's word",
      "More is owed by the books than the last insurer left to the patient.",
      "Look at the account's entries."),
  // of an account
  NOTHING_OWED("Nothing owed", "Nothing is the patient's to pay.", ""),
  COVERED_BY_CREDIT(
      "Credit covers it", "The patient's own credit is as much as is owed.", "Apply the credit."),
  BELOW_MINIMUM("Below the minimum", "Less is owed than the practice bills for.", ""),
  TOO_SOON("Too soon", "The last statement is not old enough.", ""),
  FINAL_NOTICE_SENT(
      "Final notice sent", "Every step of reminding was taken.", "Decide what is next."),
  ON_HOLD("On hold", "Somebody put the account on hold.", "Take the hold off."),
  DISPUTED("Disputed", "The patient says that the bill is wrong.", "Answer the dispute."),
  BANKRUPTCY("Bankruptcy", "The court forbids to ask for the money (11 USC 362).", ""),
  ASSISTANCE(
      "Help asked for", "The patient asked for help with the bill.", "Decide on the application."),
  DECEASED("Deceased", "The patient has died.", "Write to the estate."),
  ATTORNEY("Has a lawyer", "A lawyer speaks for the patient.", "Write to the lawyer."),
  PLAN("Pays by instalments", "A payment plan is being kept.", ""),
  RETURNED_MAIL("Mail came back", "Mail came back from the address.", "Ask for the right address."),
  NO_ADDRESS("No address", "There is no address to send it to.", "Ask for the address.");

  private final String label;
  private final String words;
  private final String advice;

  Withheld(String label, String words, String advice) {
    this.label = label;
    this.words = words;
    this.advice = advice;
  }

  public String label() {
    return label;
  }

  public String words() {
    return words;
  }

  /** What to do about it; empty when time alone does, or nothing can be done. */
  public String advice() {
    return advice;
  }

  /** As addresses have it. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
