package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.AdjudicationComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.billing.Adjustment;
import org.openrcm.fhir.Remitted.Claim;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.x12.Corpus;

/** What an 835 says of money, and all else it says, is in its FHIR resources. */
class MoneyInFhirTest {
  private static final Pattern DATE = Pattern.compile("20\\d{6}");
  private static final Pattern NUMBER = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)");

  @Test
  void totalsOfCasesAndSamplesAddUpWhereTheClaimBalances() {
    assertThat(assertTotals(Corpus.ours())).isGreaterThan(40);
  }

  @Test
  void totalsOfTheCorpusAddUpWhereTheClaimBalances() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    assertThat(assertTotals(Corpus.received())).isGreaterThan(400);
  }

  /** Checks each claim's totals and returns how many claims balanced. */
  private static int assertTotals(List<Path> files) {
    int balanced = 0;
    for (Path file : files) {
      for (Claim claim : Remitted.claims(file)) {
        String name = file + " " + claim.payment().patientControlNumber();
        Map<String, BigDecimal> byCategory = new TreeMap<>();
        Map<String, BigDecimal> byGroup = new TreeMap<>();
        for (AdjudicationComponent adjustment : adjustments(claim.eob())) {
          BigDecimal amount = adjustment.getAmount().getValue();
          byCategory.merge(code(adjustment.getCategory()), amount, BigDecimal::add);
          byGroup.merge(group(adjustment), amount, BigDecimal::add);
        }
        BigDecimal liability = byGroup.getOrDefault("PR", new BigDecimal("0.00"));
        byGroup.remove("PR");
        byCategory.put("submitted", claim.payment().charged().toDecimal());
        byCategory.put("benefit", claim.payment().paid().toDecimal());
        byCategory.put("memberliability", liability);
        Map<String, BigDecimal> totals = totals(claim.eob());
        assertThat(totals).as(name).isEqualTo(byCategory);
        if (balances(claim.payment())) {
          balanced++;
          BigDecimal notThePatients =
              byGroup.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
          assertThat(totals.get("submitted"))
              .as(name)
              .isEqualByComparingTo(totals.get("benefit").add(notThePatients).add(liability));
        }
      }
    }
    return balanced;
  }

  private static boolean balances(ClaimPayment claim) {
    Money left =
        Stream.concat(
                claim.adjustments().stream(),
                claim.lines().stream().flatMap(line -> line.adjustments().stream()))
            .map(Adjustment::amount)
            .reduce(claim.charged(), Money::minus);
    return left.equals(claim.paid());
  }

  private static List<AdjudicationComponent> adjustments(ExplanationOfBenefit eob) {
    return Stream.concat(
            eob.getAdjudication().stream(),
            eob.getItem().stream().flatMap(item -> item.getAdjudication().stream()))
        .filter(one -> Systems.CARC.equals(one.getReason().getCodingFirstRep().getSystem()))
        .toList();
  }

  private static Map<String, BigDecimal> totals(ExplanationOfBenefit eob) {
    Map<String, BigDecimal> totals = new TreeMap<>();
    eob.getTotal()
        .forEach(total -> totals.put(code(total.getCategory()), total.getAmount().getValue()));
    return totals;
  }

  private static String code(CodeableConcept concept) {
    return concept.getCodingFirstRep().getCode();
  }

  private static String group(AdjudicationComponent adjustment) {
    var extension = adjustment.getExtensionByUrl(Systems.ADJUSTMENT_GROUP_EXTENSION);
    return extension == null ? "none" : extension.getValue().primitiveValue();
  }

  /** Every value of a file that uses all the guide has; but for those of banks and accounts. */
  @Test
  void everyValueOfTheFileThatUsesEverySlotIsInItsResources() {
    Path file = Path.of("src/test/resources/cases/everything/remit.835");
    String resources = String.join("\n", Remitted.json(file));
    List<String> missing = new ArrayList<>();
    for (String line : Corpus.text(file).lines().toList()) {
      String[] elements = line.replace("~", "").split("\\*");
      if (!List.of("ISA", "GS", "ST", "LX", "SE", "GE", "IEA").contains(elements[0])) {
        for (int i = 1; i < elements.length; i++) {
          missing(elements, i, resources, missing);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static void missing(String[] segment, int i, String resources, List<String> into) {
    boolean ofBanks = i >= 6 && i <= 9 || i >= 12 && i <= 15;
    if (segment[0].equals("BPR") && ofBanks) {
      return;
    }
    for (String value : segment[i].split(":")) {
      // shorter ones are qualifiers, of which the text of other values is full
      if (value.length() > 3 && forms(value).noneMatch(resources::contains)) {
        into.add(String.join("*", segment) + " " + i);
      }
    }
  }

  private static Stream<String> forms(String value) {
    if (DATE.matcher(value).matches()) {
      return Stream.of(
          LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).toString(), quoted(value));
    }
    if (NUMBER.matcher(value).matches()) {
      BigDecimal number = new BigDecimal(value);
      // an amount, an amount taken off a payment, a bare number, or a code
      return Stream.of(
          ":" + number.setScale(Math.max(2, number.scale())) + ",",
          ":" + number.negate().setScale(Math.max(2, number.scale())) + ",",
          ":" + number.toPlainString(),
          value);
    }
    return Stream.of(value);
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  @Test
  void amountsAreInTheCurrencyOfTheCheck(@TempDir Path folder) throws IOException {
    String text = Corpus.changed(Corpus.text("everything"), "CUR*PR*USD", "CUR*PR*CAD*.73");
    Path file = Files.write(folder.resolve("canada.835"), Corpus.bytes(text));
    List<String> claims =
        Remitted.json(file).stream().filter(json -> json.contains("EVERY-")).toList();
    assertThat(String.join("\n", claims))
        .contains("\"currency\":\"CAD\"")
        .contains("\"valueString\":\".73\"")
        .doesNotContain("USD");
  }

  @Test
  void bankAndAccountNumbersAreLeftOut() {
    Path file = Path.of("src/test/resources/cases/everything/remit.835");
    String resources = String.join("\n", Remitted.json(file));
    assertThat(resources).contains("12481.86").doesNotContain("70013001", "55502001", "990000330");
  }
}
