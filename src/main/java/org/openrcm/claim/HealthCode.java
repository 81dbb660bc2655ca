package org.openrcm.claim;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * One composite (C022) of an HI segment: a diagnosis, procedure, DRG, condition, occurrence, value
 * or treatment code.
 *
 * @param qualifier C022-1: {@code ABK} principal diagnosis, {@code ABF} other, {@code ABJ}
 *     admitting, {@code BBR} principal procedure, {@code DR} DRG, {@code BG} condition, {@code BH}
 *     occurrence, {@code BI} its span, {@code BE} value, {@code TC} treatment, {@code BP}
 *     anesthesia ...; without the leading A or B the codes are of ICD-9
 * @param code C022-2
 * @param start C022-4: day, or first day of a span
 * @param end last day of a span, null otherwise
 * @param amount C022-5, of a value code
 * @param quantity C022-6
 * @param presentOnAdmission C022-9
 */
public record HealthCode(
    String qualifier,
    String code,
    @Nullable LocalDate start,
    @Nullable LocalDate end,
    @Nullable Money amount,
    @Nullable BigDecimal quantity,
    @Nullable String presentOnAdmission) {

  /** Whether it is a diagnosis of any part, of ICD-10 or ICD-9. */
  public boolean isDiagnosis() {
    return switch (qualifier) {
      case "ABK", "ABF", "ABJ", "APR", "ABN", "BK", "BF", "BJ", "PR", "BN" -> true;
      default -> false;
    };
  }

  /** Whether it is a procedure of an institutional claim. */
  public boolean isProcedure() {
    return switch (qualifier) {
      case "BBR", "BBQ", "BR", "BQ", "CAH" -> true;
      default -> false;
    };
  }
}
