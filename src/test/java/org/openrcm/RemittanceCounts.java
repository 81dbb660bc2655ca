package org.openrcm;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.AdjudicationComponent;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a remittance holds, counted twice: from its bytes by a splitter that knows nothing of the
 * mapping, and from the FHIR that came of it.
 */
public record RemittanceCounts(
    int payments,
    BigDecimal payment,
    int claims,
    BigDecimal paid,
    int lines,
    BigDecimal linesPaid,
    int adjustments,
    BigDecimal adjusted,
    int providerAdjustments,
    BigDecimal withheld) {
  private static final String CARC = "https://x12.org/codes/claim-adjustment-reason-codes";
  private static final String PAYMENT_TYPE = "http://terminology.hl7.org/CodeSystem/payment-type";
  private static final int ISA_TERMINATOR = 105;

  /** Splits one interchange by what its ISA says, whatever stands in it. */
  public static List<String[]> segments(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    text = text.substring(text.indexOf("ISA"));
    String element = text.substring(3, 4);
    String terminator = text.substring(ISA_TERMINATOR, ISA_TERMINATOR + 1);
    return Stream.of(text.split(Pattern.quote(terminator)))
        .map(String::strip)
        .filter(segment -> !segment.isEmpty())
        .map(segment -> segment.split(Pattern.quote(element), -1))
        .toList();
  }

  static RemittanceCounts ofX12(byte[] file) {
    List<BigDecimal> payments = new ArrayList<>();
    List<BigDecimal> claims = new ArrayList<>();
    List<BigDecimal> lines = new ArrayList<>();
    List<BigDecimal> adjustments = new ArrayList<>();
    List<BigDecimal> providers = new ArrayList<>();
    for (String[] segment : segments(file)) {
      switch (segment[0]) {
        case "BPR" -> payments.add(number(segment, 2));
        case "CLP" -> claims.add(number(segment, 4));
        case "SVC" -> lines.add(number(segment, 3));
        case "CAS" -> each(segment, 2, 3, adjustments);
        case "PLB" -> each(segment, 3, 2, providers);
        default -> {
          // nothing to count
        }
      }
    }
    return of(payments, claims, lines, adjustments, providers);
  }

  /** A code and behind it an amount, again and again. */
  private static void each(String[] segment, int from, int step, List<BigDecimal> into) {
    for (int at = from; at < segment.length; at += step) {
      if (!segment[at].isEmpty()) {
        into.add(number(segment, at + 1));
      }
    }
  }

  private static BigDecimal number(String[] segment, int element) {
    return element < segment.length && !segment[element].isEmpty()
        ? new BigDecimal(segment[element])
        : BigDecimal.ZERO;
  }

  static List<Resource> resources(String ndjson) {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    return ndjson.lines().map(line -> (Resource) parser.parseResource(line)).toList();
  }

  static RemittanceCounts ofFhir(List<Resource> resources) {
    List<BigDecimal> payments = new ArrayList<>();
    List<BigDecimal> claims = new ArrayList<>();
    List<BigDecimal> lines = new ArrayList<>();
    List<BigDecimal> adjustments = new ArrayList<>();
    List<BigDecimal> providers = new ArrayList<>();
    for (Resource resource : resources) {
      if (resource instanceof ExplanationOfBenefit eob) {
        claims.add(paid(eob));
        eob.getAdjudication().forEach(of -> adjustment(of).ifPresent(adjustments::add));
        for (ExplanationOfBenefit.ItemComponent item : eob.getItem()) {
          lines.add(benefit(item));
          item.getAdjudication().forEach(of -> adjustment(of).ifPresent(adjustments::add));
        }
      } else if (resource instanceof PaymentReconciliation payment) {
        payments.add(payment.getPaymentAmount().getValue());
        payment.getDetail().stream()
            .filter(detail -> has(detail.getType(), PAYMENT_TYPE, "adjustment"))
            .forEach(detail -> providers.add(detail.getAmount().getValue().negate()));
      }
    }
    return of(payments, claims, lines, adjustments, providers);
  }

  /** An estimate has no payment; everything else has one, be it zero. */
  private static BigDecimal paid(ExplanationOfBenefit eob) {
    return eob.getUse() == ExplanationOfBenefit.Use.PREDETERMINATION && !eob.hasPayment()
        ? BigDecimal.ZERO
        : eob.getPayment().getAmount().getValue();
  }

  private static Optional<BigDecimal> adjustment(AdjudicationComponent adjudication) {
    return adjudication.getReason().getCoding().stream().anyMatch(c -> CARC.equals(c.getSystem()))
        ? Optional.of(adjudication.getAmount().getValue())
        : Optional.empty();
  }

  private static BigDecimal benefit(ExplanationOfBenefit.ItemComponent item) {
    return item.getAdjudication().stream()
        .filter(
            of ->
                has(
                    of.getCategory(),
                    "http://terminology.hl7.org/CodeSystem/adjudication",
                    "benefit"))
        .map(of -> of.getAmount().getValue())
        .findFirst()
        .orElseThrow();
  }

  private static boolean has(CodeableConcept concept, String system, String code) {
    return concept.getCoding().stream()
        .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
  }

  private static RemittanceCounts of(
      List<BigDecimal> payments,
      List<BigDecimal> claims,
      List<BigDecimal> lines,
      List<BigDecimal> adjustments,
      List<BigDecimal> providers) {
    return new RemittanceCounts(
        payments.size(),
        sum(payments),
        claims.size(),
        sum(claims),
        lines.size(),
        sum(lines),
        adjustments.size(),
        sum(adjustments),
        providers.size(),
        sum(providers));
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2);
  }
}
