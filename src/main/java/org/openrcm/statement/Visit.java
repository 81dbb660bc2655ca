package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;

/**
 * A claim as its patient knows it: one visit, what it cost, and who pays for it.
 *
 * @param number of the claim that carries the charges
 * @param control CLM01
 * @param from first day of service
 * @param provider who treated, as people say it; null when the claim does not say
 * @param decisions of insurers, in their order: those that were taken back too, and the taking back
 * @param troubles open on the exceptions list for any payment of it
 * @param protections of the patient that its remark codes name ({@code patient-protection.tsv})
 * @param medicaid whether a Medicaid plan decided on it (CLP06 {@code MC})
 */
record Visit(
    long number,
    UUID id,
    UUID patient,
    String control,
    LocalDate from,
    @Nullable LocalDate until,
    @Nullable String provider,
    Sums sums,
    List<Service> services,
    List<Decision> decisions,
    Set<Trouble> troubles,
    Set<String> protections,
    boolean medicaid) {

  /**
   * A service of it.
   *
   * @param number LX01; null for what is of the visit as a whole
   * @param items of insurers' decisions, those too that were taken back
   */
  record Service(
      @Nullable Integer number,
      LocalDate day,
      @Nullable Procedure procedure,
      @Nullable String revenueCode,
      List<EobItem> items,
      Sums sums) {}

  /** The decisions that stand. */
  List<Decision> standing() {
    return decisions.stream().filter(Decision::standing).toList();
  }

  public Money owed() {
    return sums.owed();
  }
}
