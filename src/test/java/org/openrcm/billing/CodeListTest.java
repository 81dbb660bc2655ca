package org.openrcm.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeListTest {
  private static final List<String> COLUMNS = List.of("code", "from", "to", "words");

  private static final String ELIGIBILITY = "collection-eligibility";

  /** An office's own policies: their codes are names, and their words may be sentences. */
  private static final Set<String> POLICIES =
      Set.of(
          ELIGIBILITY,
          "collection-outcome",
          "collection-priority",
          "disclosure-purpose",
          "disclosure-term",
          "routine-disclosure",
          "unusual-access",
          "write-off-limit");

  /** Every list in the folder, so that a new file is tested without a word here. */
  static List<String> lists() throws Exception {
    var folder = Objects.requireNonNull(CodeListTest.class.getResource("/rules")).toURI();
    List<String> lists = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        if (Files.readString(file).lines().anyMatch(line -> line.startsWith("code\tfrom\tto"))) {
          lists.add(file.getFileName().toString().replace(".tsv", ""));
        }
      }
    }
    return lists;
  }

  @Test
  void everyListOfTheRemittanceIsThere() throws Exception {
    assertThat(lists())
        .contains(
            "amount-qualifier",
            "bill-type",
            "claim-adjustment-group",
            "claim-adjustment-reason",
            "claim-filing-indicator",
            "claim-status",
            "date-qualifier",
            "facility-type",
            "payment-method",
            "provider-adjustment-reason",
            "quantity-qualifier",
            "reference-qualifier",
            "remittance-advice-remark",
            "transaction-handling");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everyRowHasShortPlainWordsAndIsFound(String name) {
    CodeList list = CodeList.load(name);
    boolean policy = POLICIES.contains(name);
    assertThat(list.rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.code())
                  .matches(policy ? "[A-Z]+([_ -][A-Za-z0-9]+)*" : "[A-Z0-9]{1,6}");
              assertThat(row.words()).isNotBlank().hasSizeLessThan(policy ? 120 : 100);
              assertThat(row.words().endsWith(".")).isEqualTo(name.equals(ELIGIBILITY));
              assertThat(row.words()).doesNotContainIgnoringCase("missing/incomplete/invalid");
              LocalDate day = row.from() != null ? row.from() : row.to();
              assertThat(list.row(row.code(), day)).contains(row);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "claim-adjustment-reason,400",
    "remittance-advice-remark,500",
    "provider-adjustment-reason,40",
    "reference-qualifier,40"
  })
  void theLongListsAreNotCutShort(String name, int rows) {
    assertThat(CodeList.load(name).rows()).hasSizeGreaterThanOrEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claim-adjustment-reason|1|Deductible",
        "claim-adjustment-reason|29|Sent after the filing deadline",
        "claim-adjustment-reason|45|Above the plan's agreed price",
        "claim-adjustment-group|PR|Patient owes this",
        "remittance-advice-remark|M15|Bundled: parts of one procedure are not paid apart",
        "remittance-advice-remark|N130|See the plan documents for limits on this service",
        "provider-adjustment-reason|WO|Overpayment taken back",
        "payment-method|NON|No payment",
        "amount-qualifier|B6|Allowed amount",
        "date-qualifier|472|Service date",
        "facility-type|11|Office",
        "bill-type|11|Hospital, inpatient"
      })
  void aKnownCodeHasItsWords(String name, String code, String words) {
    assertThat(CodeList.load(name).words(code, LocalDate.of(2026, 1, 15))).contains(words);
    assertThat(CodeList.load(name).words(code, null)).contains(words);
  }

  @Test
  void anUnknownCodeHasNoWords() {
    CodeList reasons = CodeList.load("claim-adjustment-reason");
    assertThat(reasons.words("ZZZ", null)).isEmpty();
    assertThat(reasons.words("", LocalDate.of(2026, 1, 15))).isEmpty();
    assertThat(reasons.row("45 ", null)).isEmpty();
  }

  @Test
  void claimStatusFourIsNotCalledADenial() {
    CodeList status = CodeList.load("claim-status");
    assertThat(status.rows())
        .extracting(CodeList.Row::code)
        .containsExactly("1", "2", "3", "4", "19", "20", "21", "22", "23", "25");
    assertThat(status.words("4", null).orElseThrow()).doesNotContainIgnoringCase("den");
  }

  @Test
  void moreColumnsAreReadByName() {
    CodeList.Row row = CodeList.load("claim-status").row("20", null).orElseThrow();
    assertThat(row.more()).containsEntry("sequence", "secondary").containsEntry("forwarded", "yes");
  }

  @Test
  void aRetiredCodeHoldsToItsLastDayAndStillHasWordsWithoutADay() {
    CodeList reasons = CodeList.load("claim-adjustment-reason");
    assertThat(reasons.words("42", LocalDate.of(2007, 6, 1))).isPresent();
    assertThat(reasons.words("42", LocalDate.of(2007, 6, 2))).isEmpty();
    assertThat(reasons.words("42", null)).isPresent();
    assertThat(CodeList.load("claim-adjustment-group").words("CR", LocalDate.of(2012, 1, 1)))
        .isEmpty();
  }

  @Test
  void theRowOfTheDayIsChosenAndTheNewestWithoutADay() throws Exception {
    CodeList list =
        parse(
            """
            code\tfrom\tto\twords
            7\t2020-01-01\t\tnew
            7\t\t2009-12-31\told
            # years between
            7\t2010-01-01\t2018-12-31\tmiddle
            """);
    assertThat(list.words("7", LocalDate.of(2009, 12, 31))).contains("old");
    assertThat(list.words("7", LocalDate.of(2010, 1, 1))).contains("middle");
    assertThat(list.words("7", LocalDate.of(2019, 6, 1))).isEmpty();
    assertThat(list.words("7", LocalDate.of(2030, 1, 1))).contains("new");
    assertThat(list.words("7", null)).contains("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\t\t\tone\n1\t\t\ttwo",
        "1\t\t2010-01-01\told\n1\t2010-01-01\t\tnew",
        "1\t2011-01-01\t2012-01-01\ta\n1\t2010-01-01\t2020-01-01\tb"
      })
  void twoRowsOfACodeInOnePeriodAreRefused(String rows) {
    assertThatThrownBy(() -> parse("code\tfrom\tto\twords\n" + rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/try.tsv line 3: code 1 has another row in the same period");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;;;|line 3: column words is empty",
        ";;;words|line 3: column code is empty",
        "1;;words|line 3: 3 columns where the header has 4",
        "1;;;words;x|line 3: 5 columns where the header has 4",
        "1;2020-02-30;;words|line 3: column from is not a date like 2026-01-31",
        "1;;07/01/2009;words|line 3: column to is not a date like 2026-01-31",
        "1;2020-01-02;2020-01-01;words|line 3: from is after to",
        "1 ;;;words|line 3: column code has blanks around it"
      })
  void aMalformedRowIsRefusedWithFileAndLine(String row, String message) {
    assertThatThrownBy(() -> parse("# a comment\ncode\tfrom\tto\twords\n" + row.replace(';', '\t')))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/try.tsv " + message);
  }

  @Test
  void aWrongHeaderAnEmptyFileAndAMissingFileAreRefused() {
    assertThatThrownBy(() -> parse("code\twords\n1\tone"))
        .hasMessage("rules/try.tsv line 1: the header must start with code, from, to, words");
    assertThatThrownBy(() -> parse("code\tfrom\tto\twords\n"))
        .hasMessage("rules/try.tsv: has no rows");
    assertThatThrownBy(() -> CodeList.load("no-such-list"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/no-such-list.tsv: not found on the classpath");
  }

  @ParameterizedTest
  @CsvSource({
    "PR,1,deductible",
    "PR,66,deductible",
    "PR,2,coinsurance",
    "PR,3,copay",
    "PR,96,noncovered",
    "CO,45,discount",
    "CO,97,discount",
    "CO,253,discount",
    "CO,29,noncovered",
    "CO,16,noncovered",
    "PI,45,discount",
    "OA,23,priorpayerpaid",
    "CO,23,priorpayerpaid",
    "OA,100,paidtopatient",
    "CR,45,noncovered",
    "??,new,noncovered"
  })
  void aTripletFallsUnderTheCategoryABillerWouldSay(String group, String carc, String category) {
    assertThat(
            AdjustmentCrosswalk.load("adjudication-category")
                .find(group, carc, LocalDate.of(2026, 1, 15)))
        .isEqualTo(category);
  }

  @Test
  void whatThePatientOwesIsNeverADiscount() {
    for (CodeList.Row row : CodeList.load("claim-adjustment-reason").rows()) {
      assertThat(AdjustmentCrosswalk.load("adjudication-category").find("PR", row.code(), null))
          .isNotEqualTo("discount");
    }
  }

  @Test
  void everyCategoryIsAKnownOneAndEveryNamedReasonExists() {
    CodeList reasons = CodeList.load("claim-adjustment-reason");
    List<String> columns = List.of("group", "carc", "from", "to", "category");
    assertThat(CodeList.lines("adjudication-category", columns))
        .allSatisfy(
            line -> {
              String carc = line.required(1);
              assertThat(carc.equals("*") || reasons.row(carc, null).isPresent()).isTrue();
              assertThat(line.required(4))
                  .isIn(
                      "deductible",
                      "coinsurance",
                      "copay",
                      "discount",
                      "noncovered",
                      "priorpayerpaid",
                      "paidtopatient",
                      "paidbypatienthealthaccount");
            });
  }

  @Test
  void theMoreTellingRowWinsAndADatedRowOnlyInItsPeriod() throws Exception {
    AdjustmentCrosswalk crosswalk =
        crosswalk("*\t*\t\t\td\nCO\t*\t\t\tc\n*\t7\t\t\tb\nCO\t7\t2020-01-01\t\ta");
    LocalDate before = LocalDate.of(2019, 12, 31);
    LocalDate after = LocalDate.of(2020, 1, 1);
    assertThat(crosswalk.find("CO", "7", after)).isEqualTo("a");
    assertThat(crosswalk.find("CO", "7", null)).isEqualTo("a");
    assertThat(crosswalk.find("CO", "7", before)).isEqualTo("b");
    assertThat(crosswalk.find("OA", "7", after)).isEqualTo("b");
    assertThat(crosswalk.find("CO", "8", after)).isEqualTo("c");
    assertThat(crosswalk.find("OA", "8", after)).isEqualTo("d");
  }

  @Test
  void aCrosswalkThatLeavesATripletWithoutCategoryIsRefused() {
    assertThatThrownBy(() -> crosswalk("CO\t*\t\t\tc"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/try.tsv: needs an undated row for any group and any carc");
    assertThatThrownBy(() -> crosswalk("*\t*\t2020-01-01\t\td"))
        .isInstanceOf(IllegalStateException.class);
  }

  private static CodeList parse(String text) throws IOException {
    return CodeList.parse(CodeList.lines("rules/try.tsv", new StringReader(text), COLUMNS));
  }

  private static AdjustmentCrosswalk crosswalk(String rows) throws IOException {
    String text = "group\tcarc\tfrom\tto\tcategory\n" + rows;
    List<String> columns = List.of("group", "carc", "from", "to", "category");
    return new AdjustmentCrosswalk(
        CodeList.lines("rules/try.tsv", new StringReader(text), columns));
  }
}
