package org.openrcm.payment;

import java.time.LocalDate;
import java.util.UUID;
import org.openrcm.money.Money;

/**
 * A visit whose patient balance is not zero.
 *
 * @param claim its number
 * @param control CLM01
 * @param day of service
 * @param owed by the patient; negative when more was paid than was owed
 */
public record OpenVisit(long claim, UUID id, String control, LocalDate day, Money owed) {}
