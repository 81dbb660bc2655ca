package org.openrcm.simulator;

/** Who bears what of the agreed price. */
enum CostShare {
  /** As the member's plan says, with the deductible that is left. */
  PLAN,
  /** The plan all of it. */
  NONE,
  /** The patient all of it. */
  DEDUCTIBLE,
  /** The patient a fifth. */
  COINSURANCE,
  /** The patient a copay for the visit. */
  COPAY
}
