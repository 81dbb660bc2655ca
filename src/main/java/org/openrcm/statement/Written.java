package org.openrcm.statement;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;

/** Amounts, days and codes as a language writes them. */
public final class Written {
  private static final int KINDS = 3;
  private static final Money ABOVE_ESTIMATE = Money.of("400.00");

  private final Language language;
  private final boolean onPaper;
  private final DateTimeFormatter days;

  /** As a screen shows it: browsers have letters of all scripts. */
  public Written(Language language) {
    this(language, false);
  }

  Written(Language language, boolean onPaper) {
    this.language = language;
    this.onPaper = onPaper;
    this.days = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language.locale());
  }

  /** Such as {@code $1,204.50}; what is below zero with a minus sign. */
  public String money(Money money) {
    NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
    return money.isNegative()
        ? "\u2212" + format.format(money.negated().toDecimal())
        : format.format(money.toDecimal());
  }

  /** With a minus sign or none: for what is added to or taken from a sum. */
  public String signed(Money money) {
    return money(money);
  }

  public String day(LocalDate day) {
    return days.format(day);
  }

  public String days(LocalDate from, @Nullable LocalDate until) {
    return until == null ? day(from) : day(from) + " – " + day(until);
  }

  /** What a service is called. */
  public String service(Content.Service service) {
    return ServiceKinds.of(
        service.code() == null
            ? null
            : new Procedure(
                service.list() == null ? "" : service.list(), service.code(), List.of(), null),
        service.revenueCode(),
        language);
  }

  /** What was done at a visit, each kind once. */
  public String services(Content.BilledVisit visit) {
    List<String> kinds = visit.services().stream().map(this::service).distinct().toList();
    return kinds.stream().limit(KINDS).collect(Collectors.joining(", "))
        + (kinds.size() > KINDS ? " +" + (kinds.size() - KINDS) : "");
  }

  /** What is the patient's of a visit. */
  public Money share(Content.BilledVisit visit) {
    return visit.shares().stream()
        .map(share -> share.amount().amount())
        .reduce(Money.ZERO, Money::plus);
  }

  /** Why a part is the patient's. */
  public Reasons.Reason reason(Content.BilledVisit visit, Content.Share share) {
    return Reasons.of(
        share.code(),
        visit.from(),
        language,
        Map.of("share", money(share.amount().amount()), "agreed", money(visit.agreed())));
  }

  /** What else insurers remarked, as far as it means anything for the patient. */
  public List<Remarks.Remark> remarks(Content.BilledVisit visit) {
    return visit.remarks().stream()
        .flatMap(code -> Remarks.of(code, visit.from(), language).stream())
        .distinct()
        .toList();
  }

  /**
   * A part of the bar that shows where a visit's charges went.
   *
   * @param percent of the bar, whole
   */
  public record Part(String kind, int percent) {}

  /** The bar of a visit; its parts fill it. What is there at all has one percent at least. */
  public List<Part> bar(Content.BilledVisit visit) {
    return bar(visit, Money.ZERO);
  }

  /**
   * Likewise of a visit that is not decided on whole.
   *
   * @param open what insurers have yet to decide on, or refused and the office works on
   */
  List<Part> bar(Content.BilledVisit visit, Money open) {
    long whole = Math.max(1, visit.charged().amount().cents());
    long discount = Math.max(0, visit.discount().amount().cents());
    long insurers =
        Math.max(
            0, visit.insurers().stream().mapToLong(each -> each.paid().amount().cents()).sum());
    int ofDiscount = percent(discount, whole);
    int ofInsurers = Math.min(percent(insurers, whole), 100 - ofDiscount);
    int ofOpen = Math.min(percent(Math.max(0, open.cents()), whole), 100 - ofDiscount - ofInsurers);
    int ofPatient = 100 - ofDiscount - ofInsurers - ofOpen;
    if (share(visit).isZero() && ofOpen > 0) {
      // what rounding leaves
      ofOpen += ofPatient;
      ofPatient = 0;
    }
    if (ofPatient == 0 && !share(visit).isZero()) {
      ofPatient = 1;
      if (ofOpen > 1) {
        ofOpen--;
      } else if (ofInsurers >= ofDiscount) {
        ofInsurers--;
      } else {
        ofDiscount--;
      }
    }
    return Stream.of(
            new Part("discount", ofDiscount),
            new Part("insurer", ofInsurers),
            new Part("waits", ofOpen),
            new Part("you", ofPatient))
        .filter(part -> part.percent() > 0)
        .toList();
  }

  private static int percent(long part, long whole) {
    return part == 0 ? 0 : (int) Math.max(1, Math.min(100, (100 * part + whole / 2) / whole));
  }

  public String title(Stage stage) {
    return stage.title(language);
  }

  public String text(Stage stage) {
    return stage.text(language);
  }

  /** A second paragraph for those who must offer help; null when the stage has none. */
  public @Nullable String facility(Stage stage) {
    return stage.facilityText(language).orElse(null);
  }

  /** The notice that help in other languages is free. */
  public List<LanguageNotices.Notice> notices(Content bill) {
    return LanguageNotices.of(bill.addressee().state(), bill.letterhead().phone());
  }

  /** Whether it is drawn, because paper's fonts cannot write it. */
  public boolean isDrawn(LanguageNotices.Notice notice) {
    return onPaper && DrawnNotices.has(notice.code());
  }

  /** How much of the page a notice takes that is drawn, as CSS. */
  public String size(LanguageNotices.Notice notice, Content bill) {
    DrawnNotices.Picture picture = DrawnNotices.of(notice.code(), bill.letterhead().phone());
    return "width: %spt; height: %spt"
        .formatted(BigDecimal.valueOf(picture.width(), 2), BigDecimal.valueOf(picture.height(), 2));
  }

  /** A name or an address; on paper in Latin letters where its own cannot be printed. */
  public String name(String name) {
    return onPaper ? Letters.printable(name) : name;
  }

  /** Whether no insurer had a part in one of its visits. */
  public boolean isWithoutInsurer(Content bill) {
    return bill.visits().stream().anyMatch(visit -> visit.insurers().isEmpty());
  }

  public boolean isWithoutAnyInsurer(Content bill) {
    return bill.visits().stream().allMatch(visit -> visit.insurers().isEmpty());
  }

  /** From how much above its estimate a bill can be disputed (45 CFR 149.620(a)(2)(ii)). */
  public String aboveEstimate() {
    return money(ABOVE_ESTIMATE);
  }

  public String tag() {
    return language.tag();
  }

  public Money zero() {
    return Money.ZERO;
  }
}
