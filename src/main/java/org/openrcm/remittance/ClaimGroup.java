package org.openrcm.remittance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * The group that a payer put a claim in: loop 2000.
 *
 * @param number LX01
 * @param provider TS3: totals of a provider's claims, null when not sent
 * @param inpatient TS2: totals of inpatient claims, null when not sent
 */
public record ClaimGroup(
    String number, @Nullable ProviderTotals provider, @Nullable InpatientTotals inpatient) {

  /** Claims before any LX. */
  public static final ClaimGroup NONE = new ClaimGroup("", null, null);

  /**
   * TS3.
   *
   * @param id TS301
   * @param facilityType TS302
   * @param fiscalPeriodEnd TS303
   * @param claims TS304
   * @param charges TS305
   * @param others TS313, TS315, TS317, TS318, TS320 to TS324 by their designators, as sent
   */
  public record ProviderTotals(
      String id,
      @Nullable String facilityType,
      @Nullable LocalDate fiscalPeriodEnd,
      @Nullable BigDecimal claims,
      @Nullable Money charges,
      List<Figure> others) {}

  /** TS2: TS201 to TS219 by their designators, as sent. */
  public record InpatientTotals(List<Figure> figures) {}
}
