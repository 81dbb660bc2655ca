package org.openrcm.portal;

import java.util.UUID;

/**
 * An account that a login opens, as its holder reads it.
 *
 * @param id as addresses and forms have it
 * @param isOpen whether it is the one that is shown now
 */
record OwnBill(
    UUID id, UUID practice, long account, String patient, String practiceName, boolean isOpen) {}
