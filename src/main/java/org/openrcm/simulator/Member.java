package org.openrcm.simulator;

import java.time.LocalDate;
import java.time.Period;
import org.openrcm.billing.Address;

/**
 * One of a household.
 *
 * @param relationship PAT01: {@code 18} the subscriber, {@code 01} spouse, {@code 19} child
 * @param sex {@code F} or {@code M}
 * @param recordNumber REF*EA
 */
record Member(
    String relationship,
    String lastName,
    String firstName,
    String middle,
    String sex,
    LocalDate birthDate,
    Address address,
    String recordNumber) {

  boolean isSubscriber() {
    return relationship.equals("18");
  }

  int ageOn(LocalDate day) {
    return Period.between(birthDate, day).getYears();
  }
}
