package org.openrcm.statement;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;

/** Amounts, days and codes as a language writes them. */
public final class Written {
  private static final int KINDS = 3;
  private static final int FULL = 100;
  private static final Money ABOVE_ESTIMATE = Money.of("400.00");

  private final Language language;
  private final boolean onPaper;
  private final DateTimeFormatter days;
  private final DateTimeFormatter minutes;

  /** As a screen shows it: browsers have letters of all scripts. */
  public Written(Language language) {
    this(language, false);
  }

  Written(Language language, boolean onPaper) {
    this.language = language;
    this.onPaper = onPaper;
    this.days = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language.locale());
    this.minutes =
        DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(language.locale());
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

  /** A day and the minute, such as {@code March 4, 2026, 9:14 AM}. */
  public String moment(LocalDateTime time) {
    return day(time.toLocalDate()) + ", " + minutes.format(time);
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

  /**
   * The bar of a visit; its parts fill it. What is there at all has one percent at least. A visit
   * that nothing is charged for has none.
   */
  public List<Part> bar(Content.BilledVisit visit) {
    return bar(visit, Money.ZERO);
  }

  /**
   * Likewise of a visit that is not decided on whole.
   *
   * @param open what insurers have yet to decide on, or refused and the office works on
   */
  List<Part> bar(Content.BilledVisit visit, Money open) {
    Map<String, Long> cents = new LinkedHashMap<>();
    cents.put("discount", visit.discount().amount().cents());
    cents.put(
        "insurer", visit.insurers().stream().mapToLong(each -> each.paid().amount().cents()).sum());
    cents.put("waits", open.cents());
    cents.put("you", share(visit).cents());
    cents.values().removeIf(amount -> amount <= 0);
    long whole = cents.values().stream().mapToLong(Long::longValue).sum();
    List<Part> parts = new ArrayList<>();
    int largest = 0;
    int rest = FULL;
    for (Map.Entry<String, Long> each : cents.entrySet()) {
      int percent = (int) Math.max(1, (FULL * each.getValue() + whole / 2) / whole);
      parts.add(new Part(each.getKey(), percent));
      rest -= percent;
      if (percent > parts.get(largest).percent()) {
        largest = parts.size() - 1;
      }
    }
    if (rest != 0 && !parts.isEmpty()) {
      // what rounding leaves, or took too much: seen least on the largest
      Part part = parts.get(largest);
      parts.set(largest, new Part(part.kind(), part.percent() + rest));
    }
    return List.copyOf(parts);
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
