package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.openhtmltopdf.util.Diagnostic;
import com.openhtmltopdf.util.XRLog;
import com.openhtmltopdf.util.XRLogger;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.money.Money;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What comes out of the printer. */
public class PaperTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private final Paper paper = new Paper(engine());

  static SpringTemplateEngine engine() {
    ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
    templates.setPrefix("templates/");
    templates.setSuffix(".html");
    templates.setTemplateMode(TemplateMode.HTML);
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages/statement");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(templates);
    engine.setTemplateEngineMessageSource(messages);
    return engine;
  }

  private static Figure figure(String amount) {
    return new Figure(Money.of(amount), List.of(1L));
  }

  static Content bill(Language language, Stage stage) {
    return new Content(
        1001,
        12,
        language,
        stage,
        LocalDate.of(2026, 4, 6),
        LocalDate.of(2026, 4, 27),
        new Policy.Letterhead(
            "Larkfield Family Practice",
            List.of("12 Meadow Street", "Larkmoor VT 05999"),
            "802 555 0100",
            "Monday to Friday, 8 am to 5 pm",
            "de lunes a viernes, de 8 am a 5 pm",
            null),
        new Policy.Help(true, "802 555 0111", "larkfield.example/help"),
        "larkfield.example/pay",
        new Content.Addressee(
            "Tansy Quillby", List.of("1 Mill Lane", "Larkmoor VT 05999-0001"), "VT", null),
        "Tansy Quillby",
        "7KQ2M-XW4PD",
        Money.of("56.00"),
        Money.ZERO,
        stage == Stage.FIRST
            ? null
            : new Content.Since(
                LocalDate.of(2026, 3, 6),
                Money.of("40.00"),
                Money.of("36.00"),
                Money.of("20.00"),
                Money.ZERO,
                Money.ZERO,
                Money.ZERO),
        List.of(
            new Content.BilledVisit(
                new UUID(0, 1),
                "LFP-1",
                DAY,
                null,
                "Dana Lin",
                figure("240.00"),
                figure("60.00"),
                List.of(
                    new Content.Insurer(
                        "Bluefern Health Plan", DAY.plusDays(20), figure("144.00"))),
                List.of(new Content.Share("PR-2", figure("36.00"))),
                Figure.NONE,
                Figure.NONE,
                Money.of("36.00"),
                List.of(
                    new Content.Service(
                        1,
                        DAY,
                        "HC",
                        "99213",
                        null,
                        Money.of("180.00"),
                        Money.of("40.00"),
                        Money.of("112.00"),
                        Money.of("28.00"),
                        List.of("PR-2"),
                        List.of(),
                        List.of()),
                    new Content.Service(
                        2,
                        DAY,
                        "HC",
                        "80053",
                        null,
                        Money.of("60.00"),
                        Money.of("20.00"),
                        Money.of("32.00"),
                        Money.of("8.00"),
                        List.of("PR-2"),
                        List.of(),
                        List.of())),
                List.of(),
                List.of(),
                null,
                null),
            new Content.BilledVisit(
                new UUID(0, 2),
                "LFP-2",
                DAY.plusDays(5),
                null,
                "Dana Lin",
                figure("75.00"),
                figure("35.00"),
                List.of(
                    new Content.Insurer("Bluefern Health Plan", DAY.plusDays(22), figure("0.00"))),
                List.of(new Content.Share("PR-1", figure("40.00"))),
                figure("20.00"),
                Figure.NONE,
                Money.of("20.00"),
                List.of(
                    new Content.Service(
                        1,
                        DAY.plusDays(5),
                        "HC",
                        "97110",
                        null,
                        Money.of("75.00"),
                        Money.of("35.00"),
                        Money.ZERO,
                        Money.of("40.00"),
                        List.of("PR-1"),
                        List.of(),
                        List.of())),
                List.of(),
                List.of(),
                null,
                null)),
        List.of(
            new Content.Waiting(
                DAY.plusDays(9), "Dana Lin", Money.of("120.00"), "INSURER_TO_ANSWER")));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void isTaggedPdfAndTheSameEachTime(Language language) throws Exception {
    for (Stage stage : Stage.values()) {
      Content bill = bill(language, stage);
      Paper.Printed printed = paper.print(bill);
      Files.createDirectories(Path.of("target", "paper"));
      Files.write(Path.of("target", "paper", language + "-" + stage + ".pdf"), printed.pdf());
      assertThat(paper.print(bill).pdf()).isEqualTo(printed.pdf());
      isTagged(printed.pdf());
    }
  }

  public static void isTagged(byte[] pdf) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    try (var parser =
            Foundries.defaultInstance()
                .createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
        var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
      var result = validator.validate(parser);
      assertThat(result.getTestAssertions()).isEmpty();
      assertThat(result.isCompliant()).isTrue();
    }
  }

  private String printed(String file, Content bill) throws Exception {
    Paper.Printed printed = paper.print(bill);
    Files.createDirectories(Path.of("target", "paper"));
    Files.write(Path.of("target", "paper", file + ".pdf"), printed.pdf());
    isTagged(printed.pdf());
    try (PDDocument document = Loader.loadPDF(printed.pdf())) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  /** The first visit of a bill, with something else about it. */
  private static Content with(
      Content bill, String name, String provider, List<Content.BilledVisit> visits) {
    Content.BilledVisit first = bill.visits().get(0);
    Content.BilledVisit named =
        new Content.BilledVisit(
            first.claim(),
            first.control(),
            first.from(),
            first.until(),
            provider,
            first.charged(),
            first.discount(),
            first.insurers(),
            first.shares(),
            first.paid(),
            first.forgiven(),
            first.owed(),
            first.services(),
            first.remarks(),
            first.eobs(),
            first.member(),
            null);
    return new Content(
        bill.number(),
        bill.account(),
        bill.language(),
        bill.stage(),
        bill.issued(),
        bill.due(),
        bill.letterhead(),
        bill.help(),
        bill.payPage(),
        new Content.Addressee(name, List.of(name + " 12", "Larkmoor VT 05999"), "VT", null),
        name,
        bill.code(),
        bill.owed(),
        bill.credit(),
        bill.since(),
        visits.isEmpty() ? List.of(named) : visits,
        bill.waiting());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "王小明 | Wáng Xiǎo Míng",
        "김민준 | Gimminjun",
        "さくら たなか | Sakura Tanaka",
        "Ольга Петрова | Ольга Петрова",
        "Γιώργος Παππάς | Γιώργος Παππάς",
        "Nguyễn Thị Ánh | Nguyễn Thị Ánh",
        "Łukasz Żółć | Łukasz Żółć",
        "नरेंद्र कुमार | Narēndra Kumāra",
        "สมชาย | Smchāy"
      })
  void namesAreOnPaperInLettersThatItHasAndOnScreensAsTheyAre(String name, String onPaper)
      throws Exception {
    Content bill = with(bill(Language.EN, Stage.FIRST), name, name, List.of());
    String text = printed("name-" + name.codePointAt(0), bill);
    assertThat(text).contains(onPaper);
    assertThat(new Written(Language.EN).name(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"עמית כהן", "محمد الأحمد", "\uD83D\uDE00 Quillby", "ⴰⵣⵓⵍ"})
  void anyOtherNameIsPrintedSomehow(String name) throws Exception {
    String text =
        printed(
            "name-" + name.codePointAt(0),
            with(bill(Language.EN, Stage.FIRST), name, name, List.of()));
    assertThat(text).contains(Letters.printable(name)).doesNotContain(name);
    assertThat(Letters.printable(Letters.printable(name))).isEqualTo(Letters.printable(name));
  }

  /** It logs nothing by itself: a library's words could have a patient's in them. */
  @Test
  void theRendererKnowsAllOfTheStyleAndKeepsQuiet() {
    paper.print(bill(Language.EN, Stage.FIRST));
    assertThat(XRLog.isLoggingEnabled()).isFalse();
    List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    XRLogger before = XRLog.getLoggerImpl();
    XRLog.setLoggerImpl(listening(warnings));
    XRLog.setLoggingEnabled(true);
    try {
      paper.print(bill(Language.EN, Stage.FIRST));
    } finally {
      XRLog.setLoggingEnabled(false);
      XRLog.setLoggerImpl(before);
    }
    assertThat(warnings).isEmpty();
  }

  private static XRLogger listening(List<String> warnings) {
    return new XRLogger() {
      @Override
      public void log(String where, Level level, String message) {
        if (level.intValue() >= Level.WARNING.intValue()) {
          warnings.add(message);
        }
      }

      @Override
      public void log(String where, Level level, String message, Throwable cause) {
        log(where, level, message);
      }

      @Override
      public void setLevel(String where, Level level) {}

      @Override
      public boolean isLogLevelEnabled(Diagnostic diagnostic) {
        return true;
      }
    };
  }

  @Test
  void aVeryLongNameStaysOnThePage() throws Exception {
    String name = "Quillby-Hazelthwaite-".repeat(6) + "W".repeat(80);
    Content bill = with(bill(Language.EN, Stage.FIRST), name, name, List.of());
    String text = printed("long-name", bill).replace(" ", "");
    assertThat(text.split("W{80}", -1).length).as("all of it is there").isGreaterThan(3);
  }

  @Test
  void twoHundredLinesGoOverPagesAndNoneIsLost() throws Exception {
    Content bill = bill(Language.ES, Stage.FIRST);
    Content.BilledVisit visit = bill.visits().get(0);
    List<Content.Service> lines = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      Money each = Money.ofCents(100_000L + i);
      lines.add(
          new Content.Service(
              i,
              DAY,
              "HC",
              "99213",
              null,
              each,
              Money.ZERO,
              Money.ZERO,
              each,
              List.of("PR-1"),
              List.of(),
              List.of()));
    }
    Content.BilledVisit many =
        new Content.BilledVisit(
            visit.claim(),
            visit.control(),
            DAY,
            null,
            "Dana Lin",
            visit.charged(),
            visit.discount(),
            visit.insurers(),
            visit.shares(),
            Figure.NONE,
            Figure.NONE,
            visit.owed(),
            lines,
            List.of(),
            List.of(),
            null,
            null);
    String text =
        printed("two-hundred-lines", with(bill, "Tansy Quillby", "Dana Lin", List.of(many)));
    for (int i = 1; i <= 200; i++) {
      assertThat(text).contains(new Written(Language.ES).money(Money.ofCents(100_000L + i)));
    }
  }

  @Test
  void whatIsPaidBackIsBelowZeroAndWhoHasNoInsurerIsToldOfEstimates() throws Exception {
    Content bill = bill(Language.EN, Stage.FIRST);
    Content.BilledVisit alone =
        new Content.BilledVisit(
            new UUID(0, 3),
            "LFP-3",
            DAY,
            null,
            "Dana Lin",
            figure("90.00"),
            Figure.NONE,
            List.of(),
            List.of(new Content.Share(Reasons.NO_INSURER, figure("90.00"))),
            figure("95.00"),
            Figure.NONE,
            Money.of("-5.00"),
            List.of(),
            List.of(),
            List.of(),
            null,
            null);
    String text = printed("no-insurer", with(bill, "Tansy Quillby", "Dana Lin", List.of(alone)));
    assertThat(text)
        .contains("\u2212$5.00")
        .contains("No insurance $90.00")
        .contains("at least $400.00 more")
        .contains("www.cms.gov/nosurprises");
    assertThat(printed("insured", bill)).doesNotContain("$400.00");
  }

  /** P5, C33: what stands on every bill, whoever sends it. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void everyBillSaysHowToPayToAskForHelpAndToDispute(Language language) throws Exception {
    String text = printed("blocks-" + language, bill(language, Stage.FIRST));
    String slip = ReadBill.of(paper.page(bill(language, Stage.FIRST))).slip();
    assertThat(text)
        .contains("802 555 0100", "802 555 0111", "larkfield.example/help", "7KQ2M-XW4PD")
        .contains("larkfield.example/pay", language == Language.ES ? "de lunes a" : "Monday to");
    // a slip goes through many hands: what was done, where and why is not on it
    assertThat(slip).contains("1001", "$56.00").doesNotContain("Dana Lin", "99213", "Office");
  }

  @Test
  void hoursAreInTheReadersLanguageOrMarkedAsEnglish() throws Exception {
    Content bill = bill(Language.ES, Stage.FIRST);
    assertThat(paper.page(bill)).contains(">de lunes a viernes, de 8 am a 5 pm<");
    Policy.Letterhead from = bill.letterhead();
    Content english =
        from(
            bill,
            new Policy.Letterhead(
                from.name(), from.address(), from.phone(), from.hours(), null, null));
    assertThat(paper.page(english))
        .contains("<span lang=\"en\">Monday to Friday, 8 am to 5 pm</span>");
    assertThat(printed("english-hours", english)).contains("Atendemos Monday to Friday");
    assertThat(paper.page(bill(Language.EN, Stage.FIRST)))
        .contains("<span>Monday to Friday, 8 am to 5 pm</span>");
  }

  /** A bill that another office sends. */
  private static Content from(Content bill, Policy.Letterhead letterhead) {
    return new Content(
        bill.number(),
        bill.account(),
        bill.language(),
        bill.stage(),
        bill.issued(),
        bill.due(),
        letterhead,
        bill.help(),
        bill.payPage(),
        bill.addressee(),
        bill.patient(),
        bill.code(),
        bill.owed(),
        bill.credit(),
        bill.since(),
        bill.visits(),
        bill.waiting());
  }
}
