package org.openrcm.contact;

/** Who was reached, or was to be. */
public enum Party {
  /** Who is to pay: the guarantor where there is one, the patient otherwise (12 CFR 1006.6(a)). */
  PAYER("Who pays"),
  LAWYER("Their lawyer"),
  /** Who acts for the estate of a patient who died. */
  ESTATE("The estate"),
  /** Somebody else, whom nothing may be told. */
  OTHER("Somebody else");

  private final String label;

  Party(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
