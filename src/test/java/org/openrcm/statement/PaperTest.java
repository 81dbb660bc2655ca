package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.money.Money;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What comes out of the printer. */
class PaperTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private final Paper paper = new Paper(engine());

  private static SpringTemplateEngine engine() {
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
            null),
        new Policy.Help(true, "802 555 0111", "larkfield.example/help"),
        "larkfield.example/pay",
        new Content.Addressee(
            "Tansy Quillby", List.of("1 Mill Lane", "Larkmoor VT 05999-0001"), "VT"),
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
                        List.of("PR-2")),
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
                        List.of("PR-2"))),
                List.of(),
                List.of(),
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
                        List.of("PR-1"))),
                List.of(),
                List.of(),
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
      VeraGreenfieldFoundryProvider.initialise();
      try (var parser =
              Foundries.defaultInstance()
                  .createParser(new ByteArrayInputStream(printed.pdf()), PDFAFlavour.PDFUA_1);
          var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
        var result = validator.validate(parser);
        assertThat(result.getTestAssertions()).isEmpty();
        assertThat(result.isCompliant()).isTrue();
      }
    }
  }
}
