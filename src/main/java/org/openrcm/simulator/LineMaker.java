package org.openrcm.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.LineDecision;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/** Makes the service lines of a visit at a practice's charges. */
final class LineMaker {
  private static final long TEN_DOLLARS = 1_000;

  private final Practice practice;

  LineMaker(Practice practice) {
    this.practice = practice;
  }

  /**
   * The lines of a visit.
   *
   * @param number the claim's, which the lines' numbers start with
   * @param day of the services; null where nothing was done yet
   */
  List<ServiceLine> lines(Visit visit, String number, @Nullable LocalDate day) {
    List<ServiceLine> lines = new ArrayList<>();
    for (Visit.Item item : visit.items()) {
      lines.add(line(visit, item, number, lines.size() + 1, day));
    }
    return List.copyOf(lines);
  }

  private ServiceLine line(
      Visit visit, Visit.Item item, String number, int ordinal, @Nullable LocalDate day) {
    boolean dental = practice.kind() == ClaimKind.DENTAL;
    boolean dated = day != null && !visit.isStay();
    Period served = new Period("472", day, null, null);
    return new ServiceLine(
        Integer.toString(ordinal),
        procedure(item),
        item.revenueCode(),
        charge(item),
        dental ? null : unit(item),
        BigDecimal.valueOf(item.units()),
        null,
        practice.kind() == ClaimKind.PROFESSIONAL ? pointers(visit) : List.of(),
        null,
        dental ? mouth(item) : null,
        List.of(),
        dated ? List.of(served) : List.of(),
        List.of(),
        List.of(new ClaimReference("6R", number + "L" + ordinal, null)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        drug(item),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  private @Nullable Procedure procedure(Visit.Item item) {
    String code = item.procedure();
    if (code == null) {
      return null;
    }
    String modifier = item.modifier();
    String list = practice.kind() == ClaimKind.DENTAL ? "AD" : "HC";
    return new Procedure(list, code, modifier == null ? List.of() : List.of(modifier), null);
  }

  private Money charge(Visit.Item item) {
    long ofUnit = item.charge().cents() * practice.chargePercent() / 100;
    long rounded = ofUnit < TEN_DOLLARS ? ofUnit : (ofUnit + 50) / 100 * 100;
    return Money.ofCents(rounded * item.units());
  }

  /** Room and board is counted in days. */
  private static String unit(Visit.Item item) {
    String revenue = item.revenueCode();
    return revenue != null && revenue.startsWith("01") ? "DA" : "UN";
  }

  private static List<Integer> pointers(Visit visit) {
    return visit.diagnoses().size() > 1 ? List.of(1, 2) : List.of(1);
  }

  private static ServiceLine.Dental mouth(Visit.Item item) {
    String tooth = item.tooth();
    String area = item.area();
    return new ServiceLine.Dental(
        area == null ? List.of() : List.of(area),
        null,
        tooth == null ? List.of() : List.of(new ServiceLine.Tooth(tooth, item.surfaces())));
  }

  private static ServiceLine.@Nullable Drug drug(Visit.Item item) {
    String code = item.drug();
    if (code == null) {
      return null;
    }
    BigDecimal quantity = BigDecimal.valueOf(item.drugQuantity());
    return new ServiceLine.Drug("N4", code, quantity, item.drugUnit(), List.of());
  }

  /** The line once more, with another charge and units, or with an earlier payer's decision. */
  static ServiceLine changed(
      ServiceLine line, Money charged, @Nullable BigDecimal units, List<LineDecision> decisions) {
    return new ServiceLine(
        line.number(),
        line.procedure(),
        line.revenueCode(),
        charged,
        line.unit(),
        units,
        line.facilityType(),
        line.diagnosisPointers(),
        line.notCovered(),
        line.dental(),
        line.indicators(),
        line.periods(),
        line.quantities(),
        line.references(),
        line.amounts(),
        line.attachments(),
        line.notes(),
        line.details(),
        line.drug(),
        line.providers(),
        decisions,
        line.forms(),
        line.segment());
  }
}
