package org.openrcm.ledger;

import java.time.LocalDate;
import java.util.List;

/**
 * Lines for one document that come to zero.
 *
 * @param day of the service or the payment
 */
public record Entry(Document document, LocalDate day, List<Line> lines) {}
