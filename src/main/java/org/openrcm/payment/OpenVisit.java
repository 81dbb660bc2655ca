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
 * @param stayed disputed, or under a court's stay: paid only when the payer names it (12 CFR
 *     1006.30(c)(1), 11 USC 362(a)(6))
 */
public record OpenVisit(
    long claim, UUID id, String control, LocalDate day, Money owed, boolean stayed) {}
