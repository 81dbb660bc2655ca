package org.openrcm.remittance;

import org.openrcm.vault.FieldVault;
import org.springframework.stereotype.Component;

/**
 * Closes social security numbers (NM108 34, REF*SY) and bank accounts (BPR06-BPR09, BPR12-BPR15) on
 * the way to the database, and opens them on the way back.
 */
@Component
public class GuardedNumbers {
  private final Guard closing;
  private final Guard opening;
  private final FieldVault vault;

  GuardedNumbers(FieldVault vault) {
    this.closing = new Guard(vault, true);
    this.opening = new Guard(vault, false);
    this.vault = vault;
  }

  Guard closing() {
    return closing;
  }

  Guard opening() {
    return opening;
  }

  /** A record as JSON, as the database may have it. */
  public String close(String json) {
    return closing.json(json);
  }

  /** A record as JSON, as it was. */
  public String open(String json) {
    return opening.json(json);
  }

  /** By what a number is found that is closed: what {@link NamedWord} has instead of it. */
  public String mark(String folded) {
    return vault.mark(folded);
  }
}
