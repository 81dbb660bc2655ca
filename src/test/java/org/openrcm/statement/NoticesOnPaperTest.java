package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.statement.LanguageNotices.Notice;

/** That the notice is on paper in all the languages that it has to be in (45 CFR 92.11). */
class NoticesOnPaperTest {
  private static final String STATES =
      "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
          + " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY US";
  private static final Pattern WHITE = Pattern.compile("[\\s\u00a0\u2066\u2069]+");
  private final Paper paper = new Paper(PaperTest.engine());

  private static Content bill(String state, String phone) {
    Content bill = PaperTest.bill(Language.EN, Stage.FIRST);
    Policy.Letterhead sender = bill.letterhead();
    return new Content(
        bill.number(),
        bill.account(),
        bill.language(),
        bill.stage(),
        bill.issued(),
        bill.due(),
        new Policy.Letterhead(
            sender.name(), sender.address(), phone, sender.hours(), null, sender.email()),
        bill.help(),
        bill.payPage(),
        new Content.Addressee(bill.addressee().name(), bill.addressee().address(), state, null),
        bill.patient(),
        bill.code(),
        bill.owed(),
        bill.credit(),
        bill.since(),
        bill.visits(),
        bill.waiting());
  }

  /** Who changes a notice draws it again: {@link DrawNotices}. */
  @Test
  void everyNoticeIsInLettersThatThePaperHasOrDrawnWordForWord() {
    Font font = DrawNotices.liberation();
    for (Notice notice : LanguageNotices.all()) {
      assertThat(DrawnNotices.has(notice.code()))
          .as("%s is drawn: run mvn test -Dtest=DrawNotices", notice.code())
          .isEqualTo(DrawNotices.mustBeDrawn(notice, font));
      if (DrawnNotices.has(notice.code())) {
        assertThat(DrawnNotices.text(notice.code()))
            .as("what is drawn: run mvn test -Dtest=DrawNotices")
            .isEqualTo(notice.text());
      }
    }
  }

  @Test
  void everyStateHasItsSixteenLanguagesOnThePage() {
    for (String state : STATES.split(" ", -1)) {
      String page = paper.page(bill(state, "802 555 0100"));
      for (Notice notice : LanguageNotices.of(state, "802 555 0100")) {
        assertThat(page)
            .as(state)
            .contains("lang=\"" + notice.code() + "\"")
            .contains(notice.text().replace("'", "&#39;"));
      }
    }
  }

  /** Those with the most letters of their own and the tallest, and the country. */
  @ParameterizedTest
  @ValueSource(strings = {"US", "CA", "MN", "NY", "IN", "UT", "AR", "TX"})
  void whoCannotSeeThemHearsThemInTheirLanguageAndTheBillStaysOnOneSheet(String state)
      throws Exception {
    Content bill = bill(state, "802 555 0100");
    Paper.Printed printed = paper.print(bill);
    Files.createDirectories(Path.of("target", "paper"));
    Files.write(Path.of("target", "paper", "notices-" + state + ".pdf"), printed.pdf());
    PaperTest.isTagged(printed.pdf());
    assertThat(paper.print(bill).pdf()).isEqualTo(printed.pdf());
    assertThat(printed.pages()).isEqualTo(2);
    try (PDDocument document = Loader.loadPDF(printed.pdf())) {
      String text = plain(new PDFTextStripper().getText(document));
      List<PDStructureElement> figures = new ArrayList<>();
      figures(document.getDocumentCatalog().getStructureTreeRoot(), figures);
      List<String> drawn = new ArrayList<>();
      for (Notice notice : LanguageNotices.of(state, "802 555 0100")) {
        if (DrawnNotices.has(notice.code())) {
          drawn.add(notice.code() + " " + notice.text());
        } else {
          assertThat(text).contains(plain(notice.text()));
        }
      }
      assertThat(figures)
          .extracting(each -> each.getLanguage() + " " + each.getAlternateDescription())
          .isEqualTo(drawn);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void noneIsCutByTheEndOfAPage(Language language) throws Exception {
    for (Stage stage : Stage.values()) {
      byte[] pdf = paper.print(PaperTest.bill(language, stage)).pdf();
      try (PDDocument document = Loader.loadPDF(pdf)) {
        List<PDStructureElement> figures = new ArrayList<>();
        figures(document.getDocumentCatalog().getStructureTreeRoot(), figures);
        assertThat(figures).isNotEmpty();
        for (PDStructureElement figure : figures) {
          COSDictionary layout = (COSDictionary) figure.getCOSObject().getDictionaryObject("A");
          PDRectangle box = new PDRectangle((COSArray) layout.getDictionaryObject(COSName.BBOX));
          assertThat(box.getHeight())
              .as("%s of %s %s", figure.getLanguage(), language, stage)
              .isCloseTo(
                  DrawnNotices.of(figure.getLanguage(), "802 555 0100").height() / 100f,
                  within(0.5f));
        }
      }
    }
  }

  private static String plain(String text) {
    return WHITE.matcher(text).replaceAll(" ");
  }

  private static void figures(PDStructureNode node, List<PDStructureElement> found) {
    for (Object kid : node.getKids()) {
      if (kid instanceof PDStructureElement element) {
        if (element.getStructureType().equals("Figure")) {
          found.add(element);
        }
        figures(element, found);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(802) 555-0100 ext. 7", "1-800-LARKFIELD", "802 555 0100 línea 2", "٠١٢"})
  void whateverIsWrittenForANumberIsDrawn(String phone) throws Exception {
    Paper.Printed printed = paper.print(bill("CA", phone));
    PaperTest.isTagged(printed.pdf());
    DrawnNotices.Picture drawn = DrawnNotices.of("hi", phone);
    assertThat(drawn.operators()).isNotEqualTo(DrawnNotices.of("hi", "0").operators());
  }

  @Test
  void aNoticeThatIsLongerThanALineGoesOnInTheNext() {
    assertThat(DrawnNotices.of("hy", "802 555 0100").height())
        .isGreaterThan(DrawnNotices.of("zh", "802 555 0100").height() * 19 / 10);
  }
}
