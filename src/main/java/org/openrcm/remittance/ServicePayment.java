package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.money.Money;

/**
 * One service line as adjudicated: loop 2110.
 *
 * @param procedure SVC01: what was adjudicated
 * @param charged SVC02
 * @param paid SVC03
 * @param revenueCode SVC04 (NUBC)
 * @param unitsPaid SVC05; nothing sent means 1
 * @param submittedProcedure SVC06, when the payer adjudicated another procedure than was billed
 * @param unitsBilled SVC07
 * @param dates DTM: {@code 472} or {@code 150}, {@code 151}
 * @param references REF: line item control number {@code 6R}, policy {@code 0K}, providers ...
 * @param amounts AMT: informational, {@code B6} is the allowed amount
 * @param remarks LQ: remark codes of the list that LQ01 names
 * @param segment number of its SVC in the transaction set
 */
public record ServicePayment(
    Procedure procedure,
    Money charged,
    Money paid,
    @Nullable String revenueCode,
    @Nullable BigDecimal unitsPaid,
    @Nullable Procedure submittedProcedure,
    @Nullable BigDecimal unitsBilled,
    List<Dated> dates,
    List<Adjustment> adjustments,
    List<Reference> references,
    List<Amount> amounts,
    List<Quantity> quantities,
    List<Remark> remarks,
    long segment) {

  /** LQ: a code list ({@code HE} remark codes, {@code RX} NCPDP) and a code of it. */
  public record Remark(String list, String code) {}
}
