package org.openrcm.claim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Reference;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.springframework.stereotype.Component;

/**
 * What remittances say of a claim, line by line: an 835 names a line by its control number (REF*6R)
 * where the 837 gave one; otherwise it is known by procedure and charge.
 */
@Component
class ClaimAnswers {
  private final Remittances remittances;

  ClaimAnswers(Remittances remittances) {
    this.remittances = remittances;
  }

  /** Lines with what was said of each, what was said of none of them, and by which checks. */
  record Found(
      List<ClaimPage.Line> lines, List<ClaimPage.Answer> whole, List<ClaimPage.Payment> payments) {}

  Found of(StoredBill bill, List<ClaimEvent> events) {
    List<UUID> ids =
        events.stream().map(ClaimEvent::claimPaymentId).filter(Objects::nonNull).toList();
    List<StoredClaim> payments = ids.isEmpty() ? List.of() : remittances.claimsById(ids);
    Map<Long, StoredRemittance> checks =
        remittances.remittances(
            payments.stream().map(payment -> payment.key().remittanceNumber()).toList());
    List<ServiceLine> lines = bill.claim().lines();
    Map<Integer, List<ClaimPage.Answer>> answers = new HashMap<>();
    List<ClaimPage.Answer> whole = new ArrayList<>();
    List<ClaimPage.Payment> shown = new ArrayList<>();
    for (StoredClaim payment : payments) {
      StoredRemittance check = Objects.requireNonNull(checks.get(payment.key().remittanceNumber()));
      shown.add(payment(payment, check));
      answer(payment.claim(), lines, check, answers, whole);
    }
    List<ClaimPage.Line> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      found.add(line(lines.get(i), bill, answers.getOrDefault(i, List.of())));
    }
    return new Found(found, whole, shown);
  }

  private static ClaimPage.Payment payment(StoredClaim payment, StoredRemittance check) {
    Wording wording = Wording.of(check.remittance());
    return new ClaimPage.Payment(
        check.id(),
        check.remittance().trace().number(),
        Wording.day(check.remittance()),
        wording.status(payment.claim()),
        payment.claim().paid(),
        payment.id(),
        payment.key().ordinal());
  }

  private static void answer(
      ClaimPayment payment,
      List<ServiceLine> lines,
      StoredRemittance check,
      Map<Integer, List<ClaimPage.Answer>> answers,
      List<ClaimPage.Answer> whole) {
    Wording wording = Wording.of(check.remittance());
    List<Integer> taken = new ArrayList<>();
    for (ServicePayment paid : payment.lines()) {
      int line = match(paid, lines, taken, payment.isReversal());
      List<ClaimPage.Reason> reasons = new ArrayList<>(reasons(paid.adjustments(), wording));
      for (ServicePayment.Remark remark : paid.remarks()) {
        reasons.add(new ClaimPage.Reason(remark.code(), null, wording.remark(remark)));
      }
      ClaimPage.Answer answer =
          new ClaimPage.Answer(
              check.id(),
              check.remittance().trace().number(),
              paid.paid(),
              Wording.toPatient(paid.adjustments()),
              reasons,
              ClaimPage.source(check.fileId(), payment.byteOffset(), paid.segment()));
      if (line < 0) {
        whole.add(answer);
      } else {
        taken.add(line);
        answers.computeIfAbsent(line, key -> new ArrayList<>()).add(answer);
      }
    }
    if (!payment.adjustments().isEmpty() || payment.lines().isEmpty()) {
      whole.add(
          new ClaimPage.Answer(
              check.id(),
              check.remittance().trace().number(),
              payment.lines().isEmpty() ? payment.paid() : Money.ZERO,
              Wording.toPatient(payment.adjustments()),
              reasons(payment.adjustments(), wording),
              ClaimPage.source(check.fileId(), payment.byteOffset(), payment.segment())));
    }
  }

  private static List<ClaimPage.Reason> reasons(List<Adjustment> adjustments, Wording wording) {
    return adjustments.stream()
        .map(
            adjustment ->
                new ClaimPage.Reason(
                    adjustment.group() + "-" + adjustment.carc(),
                    adjustment.amount(),
                    wording.adjustment(adjustment)))
        .toList();
  }

  /** The place of the line that is meant, or -1. */
  private static int match(
      ServicePayment paid, List<ServiceLine> lines, List<Integer> taken, boolean reversal) {
    String control = null;
    for (Reference reference : paid.references()) {
      control = reference.qualifier().equals("6R") ? reference.value() : control;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (control != null && control.equals(lines.get(i).controlNumber())) {
        return i;
      }
    }
    Money charged = reversal ? paid.charged().negated() : paid.charged();
    Procedure billed =
        paid.submittedProcedure() == null ? paid.procedure() : paid.submittedProcedure();
    for (int i = 0; i < lines.size(); i++) {
      ServiceLine line = lines.get(i);
      if (!taken.contains(i) && line.charged().equals(charged) && same(line, billed, paid)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(ServiceLine line, Procedure billed, ServicePayment paid) {
    Procedure procedure = line.procedure();
    if (procedure != null) {
      return procedure.code().equals(billed.code());
    }
    String revenue = line.revenueCode();
    return revenue != null && (revenue.equals(paid.revenueCode()) || revenue.equals(billed.code()));
  }

  private static ClaimPage.Line line(
      ServiceLine line, StoredBill bill, List<ClaimPage.Answer> answers) {
    Period served = line.period("472");
    LocalDate day = served == null ? null : served.start();
    return new ClaimPage.Line(
        line.number(),
        service(line),
        day,
        line.charged(),
        List.copyOf(answers),
        ClaimPage.source(bill.fileId(), bill.claim().byteOffset(), line.segment()));
  }

  /** What was done: revenue code, procedure with modifiers, units. */
  private static String service(ServiceLine line) {
    StringBuilder text = new StringBuilder();
    if (line.revenueCode() != null) {
      text.append("rev ").append(line.revenueCode()).append(' ');
    }
    Procedure procedure = line.procedure();
    if (procedure != null) {
      text.append(procedure.code());
      procedure.modifiers().forEach(modifier -> text.append('-').append(modifier));
    }
    if (line.quantity() != null) {
      text.append("  x ").append(line.quantity().toPlainString()).append(unit(line.unit()));
    }
    return text.toString();
  }

  private static String unit(@Nullable String unit) {
    return unit == null ? "" : unit.equals("MJ") ? " min" : unit.equals("DA") ? " days" : "";
  }
}
