package org.openrcm.simulator;

import java.util.Locale;

/** What can become of a claim at the made-up payer. */
public enum Scenario {
  CONTRACTUAL("paid at the agreed price", 0),
  DEDUCTIBLE("allowed in full, and all of it the patient's deductible", 0),
  COINSURANCE("a fifth of the agreed price is the patient's", 0),
  COPAY("the patient owes a copay for the visit", 0),
  LATE("denied: sent too late (CO-29)", 8),
  MISSING_INFORMATION("denied: something is missing (CO-16 and a remark code)", 14),
  NOT_NECESSARY("denied: not medically necessary (CO-50)", 8),
  NOT_COVERED("denied: not a benefit; the patient owes it (PR-204)", 12),
  DUPLICATE("denied: the payer takes it for a copy (CO-18)", 8),
  NOT_AUTHORIZED("denied: nobody asked before (CO-197)", 8),
  NOT_A_MEMBER("denied: the payer does not know the patient (CLP02 4, PR-31)", 6),
  OUT_OF_NETWORK("denied: outside of the plan's network; the patient owes it (PR-242)", 0),
  BUNDLED("one line is paid within another (CO-97)", 14),
  PARTIAL("one line is denied, the rest is paid", 14),
  SPLIT("the lines come on two checks", 8),
  CORRECTED("paid, later taken back and paid anew (CLP02 22 and 1)", 12),
  RECOVERED_LATER("the same, but the difference is taken off a later check (PLB WO)", 4),
  TAKEN_BACK("paid too much, later taken off another check (PLB WO)", 8),
  FORWARD_BALANCE("taken back with nothing to take it from, carried forward (PLB FB)", 4),
  INTEREST("paid late, with interest (AMT*I, PLB L6)", 6),
  SECONDARY("paid after another payer (CLP02 2, OA-23)", 0),
  CROSSOVER("paid and handed on to the next payer (CLP02 19, NM1*TT)", 0),
  PREDETERMINATION("an estimate, nothing is paid (CLP02 25)", 0),
  PAID_TO_PATIENT("the money goes to the patient (PR-100)", 4),
  UNKNOWN_CLAIM("on the check is also a claim that nobody sent", 2),
  NO_ANSWER("accepted, then silence", 6),
  REPLACED("takes the place of an earlier claim, which is taken back", 0),
  VOIDED("takes an earlier claim back", 0),
  NO_ORIGINAL("denied: corrects a claim that the payer does not have (CO-129)", 0),
  IMBALANCE("a line is paid a cent more than it adds up to", 0),
  CLAIM_REJECTED("turned back before it is decided (277CA A3, A6, A7)", 20),
  SET_REJECTED("the whole transaction set is turned back (999)", 0);

  private final String words;
  private final int perMille;

  Scenario(String words, int perMille) {
    this.words = words;
    this.perMille = perMille;
  }

  /** A line that says what it is. */
  public String words() {
    return words;
  }

  /** How many of a thousand claims it happens to when nothing else is asked for. */
  int perMille() {
    return perMille;
  }

  /** As users write it, such as {@code forward-balance}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The scenario of this title.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Scenario titled(String title) {
    for (Scenario scenario : values()) {
      if (scenario.title().equalsIgnoreCase(title) || scenario.name().equalsIgnoreCase(title)) {
        return scenario;
      }
    }
    throw new IllegalArgumentException("no scenario is called " + title);
  }
}
