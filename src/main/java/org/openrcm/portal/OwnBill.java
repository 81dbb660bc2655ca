package org.openrcm.portal;

import java.util.UUID;
import org.openrcm.statement.Names;

/**
 * An account that a login opens, as its holder reads it.
 *
 * @param id as addresses and forms have it
 * @param isOpen whether it is the one that is shown now
 */
record OwnBill(
    UUID id, UUID practice, long account, String patient, String practiceName, boolean isOpen) {

  /** The patient as people write names, not as files do. */
  public String written() {
    return Names.written(patient);
  }
}
