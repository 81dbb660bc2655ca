package org.openrcm.billing;

import java.time.LocalDate;

/** DTM: a day and the qualifier that says of what (DTM01, DTM02). */
public record Dated(String qualifier, LocalDate date) {}
