package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.money.Money;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** P5: the blocks that stand on each statement, for each state whose languages are known. */
class StatementBlocksTest {
  private static final List<String> BLOCKS =
      List.of(
          "bill.account",
          "bill.number",
          "bill.date",
          "bill.hours",
          "pay.title",
          "pay.online",
          "pay.phone",
          "pay.mail.how",
          "pay.parts",
          "help.title",
          "help.text",
          "help.wait",
          "dispute.title",
          "dispute.text",
          "bill.not.insurance.letter",
          "language.title",
          "slip.title",
          "slip.mail.to",
          "slip.amount.owed",
          "slip.amount.sent");

  private static final SpringTemplateEngine ENGINE = PaperTest.engine();
  private static final Paper PAPER = new Paper(ENGINE);

  static Stream<Arguments> states() {
    return RuleFile.rows("state-languages", "state", "languages").stream()
        .flatMap(
            row ->
                Stream.of(Language.values())
                    .map(language -> Arguments.of(row.text("state"), language)));
  }

  private static Content bill(String state, Language language, boolean insured, boolean helps) {
    Content bill = PaperTest.bill(language, Stage.FIRST);
    List<Content.BilledVisit> visits =
        insured ? bill.visits() : List.of(alone(bill.visits().get(1)));
    return new Content(
        bill.number(),
        bill.account(),
        language,
        bill.stage(),
        bill.issued(),
        bill.due(),
        bill.letterhead(),
        helps ? bill.help() : new Policy.Help(false, null, null),
        bill.payPage(),
        new Content.Addressee(
            "Tansy Quillby", List.of("1 Mill Lane", "Larkmoor 05999"), state, null),
        bill.patient(),
        bill.code(),
        bill.owed(),
        bill.credit(),
        bill.since(),
        visits,
        bill.waiting());
  }

  /** The visit, of somebody without insurance. */
  private static Content.BilledVisit alone(Content.BilledVisit visit) {
    Figure charged = visit.charged();
    return new Content.BilledVisit(
        visit.claim(),
        visit.control(),
        visit.from(),
        visit.until(),
        visit.provider(),
        charged,
        Figure.NONE,
        List.of(),
        List.of(new Content.Share(Reasons.NO_INSURER, charged)),
        Figure.NONE,
        Figure.NONE,
        charged.amount(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static String words(Language language, String key, Object... values) {
    ResourceBundle words = ResourceBundle.getBundle("messages.statement", language.locale());
    return plain(new MessageFormat(words.getString(key), language.locale()).format(values));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String onPaper(Content bill) throws IOException {
    try (PDDocument document = Loader.loadPDF(PAPER.print(bill).pdf())) {
      return plain(new PDFTextStripper().getText(document));
    }
  }

  private static String onScreen(Content bill) {
    return ENGINE.process(
        "statement/paper",
        new Context(
            bill.language().locale(),
            Map.of("bill", bill, "write", new Written(bill.language()), "css", " ")));
  }

  private static void hasItsBlocks(String text, Content bill) {
    Language language = bill.language();
    Written write = new Written(language);
    Policy.Letterhead from = bill.letterhead();
    assertThat(text)
        .contains(BLOCKS.stream().map(key -> words(language, key)).toList())
        .contains(from.name(), from.phone(), from.hoursIn(language).text())
        .contains(from.address())
        .contains(write.day(bill.issued()))
        .contains(words(language, "bill.pay.by.day", write.day(bill.due())))
        .contains(words(language, "bill.owe.amount", write.money(bill.owed())))
        .contains(words(language, "pay.online.page") + " larkfield.example/pay")
        .contains(words(language, "pay.online.code", bill.code()))
        .contains(words(language, "pay.phone.how", from.phone()))
        .contains(words(language, "help.phone", "802 555 0111"))
        .contains(words(language, "help.online") + " larkfield.example/help")
        .contains(words(language, "dispute.phone", from.phone()))
        .contains(words(language, "itemized.text", from.phone()))
        .contains(words(language, "slip.payable", from.name()))
        // on the bill and on its slip
        .containsPattern(twice(words(language, "bill.account") + " " + bill.account()))
        .containsPattern(twice(words(language, "bill.number") + " " + bill.number()));
  }

  private static Pattern twice(String text) {
    return Pattern.compile(Pattern.quote(text) + ".*" + Pattern.quote(text));
  }

  @ParameterizedTest
  @MethodSource("states")
  void allBlocksAreOnPaperAndThePageSpeaksTheLanguagesOfTheState(String state, Language language)
      throws IOException {
    Content bill = bill(state, language, true, true);
    List<LanguageNotices.Notice> notices = LanguageNotices.of(state, bill.letterhead().phone());
    assertThat(notices).hasSize(16);
    String screen = onScreen(bill);
    assertThat(screen).contains("<html").contains(" lang=\"" + language.tag() + "\"");
    for (LanguageNotices.Notice notice : notices) {
      assertThat(screen)
          .contains(
              "<p lang=\"%s\" dir=\"%s\">%s"
                  .formatted(
                      notice.code(), notice.direction(), notice.text().replace("'", "&#39;")));
    }
    String paper = onPaper(bill);
    hasItsBlocks(paper, bill);
    for (LanguageNotices.Notice notice : notices) {
      if (!DrawnNotices.has(notice.code())) {
        assertThat(letters(paper)).as(notice.code()).contains(letters(notice.text()));
      }
    }
    assertThat(paper).doesNotContain(words(language, "estimate.title"));
  }

  /** A line may be broken at a hyphen, and a long one anywhere. */
  private static String letters(String text) {
    return text.replaceAll("[\\s\\u00a0\\u00ad\\u2066-\\u2069-]+", "");
  }

  @ParameterizedTest
  @CsvSource({"EN, 1", "ES, 1", "EN, 0", "ES, 0"})
  void whatIsForSomeOnlyIsOnTheirBillsAlone(Language language, int helps) throws IOException {
    Content alone = bill("VT", language, false, helps == 1);
    String paper = onPaper(alone);
    assertThat(paper)
        .contains(words(language, "estimate.title"))
        .contains(words(language, "estimate.text", "$400.00", "www.cms.gov/nosurprises"))
        .contains(words(language, "bill.no.plan"));
    @Nullable String policy = helps == 1 ? words(language, "help.text") : null;
    if (policy == null) {
      // no policy of assistance is promised that is not there; whom to call still is said
      assertThat(paper)
          .doesNotContain(words(language, "help.text"))
          .contains(words(language, "help.phone", alone.letterhead().phone()));
    } else {
      assertThat(paper).contains(policy);
    }
    String slip = ReadBill.of(PAPER.page(alone)).slip();
    assertThat(plain(slip))
        .contains(new Written(language).money(alone.owed()))
        .doesNotContain("Dana Lin", "97110", "LFP-2");
    assertThat(alone.owed()).isEqualTo(Money.of("56.00"));
  }
}
