package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.FlagKind;
import org.openrcm.statement.RuleFile;

/**
 * The gate before every step beyond asking: {@code rules/collection-step.tsv}. A pure function of
 * facts, step and day.
 */
final class StepRules {
  private static final List<Row> ROWS =
      RuleFile.rows(
              "collection-step",
              "pack",
              "rule",
              "from",
              "to",
              "states",
              "hospital",
              "steps",
              "kind",
              "number",
              "title",
              "words")
          .stream()
          .map(StepRules::row)
          .toList();

  private StepRules() {}

  /** How a row is judged. */
  enum Kind {
    /** Days since the first bill after care: the latest of them where several are meant. */
    DAYS_SINCE_FIRST_BILL,
    /** Days since a notice that names the step. */
    DAYS_SINCE_NOTICE,
    /** Somebody told of the assistance policy by word. */
    TOLD_BY_WORD,
    /** No application that came within so many days of the first bill waits. */
    NO_APPLICATION,
    /** Years since the care: no suit on a debt that is barred. */
    YEARS_SINCE_CARE,
    /** They were spoken to, or written to so many days ago and nothing came back. */
    DAYS_SINCE_WRITTEN,
    /** Nothing of it is disputed: until it is verified collection ceases, by whatever step. */
    NOT_DISPUTED,
    /** No visit is of a time up to a petition. */
    NOT_STAYED
  }

  private record Row(
      String pack,
      String id,
      LocalDate from,
      @Nullable LocalDate to,
      Set<String> states,
      boolean hospital,
      Set<String> steps,
      Kind kind,
      int number,
      String title,
      String words) {}

  /**
   * What counts.
   *
   * @param visits that something is owed for
   * @param firstBills of visits, by claim number
   * @param flags that hold
   * @param applied when help was asked for, of requests that wait
   */
  record StepFacts(
      boolean hospital,
      ZoneId home,
      Set<String> states,
      List<Facts.Visit> visits,
      Map<Long, LocalDate> firstBills,
      List<Facts.Raised> flags,
      List<LocalDate> applied,
      List<Told> told,
      List<Met> log) {}

  private static Row row(RuleFile.Row row) {
    LocalDate from = row.day("from");
    if (from == null) {
      throw row.wrong("column from is empty: it is the version of the rule");
    }
    return new Row(
        row.text("pack"),
        row.text("rule"),
        from,
        row.day("to"),
        words(row.optional("states")),
        row.text("hospital").equals("yes"),
        words(row.text("steps")),
        Kind.valueOf(row.text("kind")),
        row.number("number"),
        row.text("title"),
        row.text("words"));
  }

  private static Set<String> words(String text) {
    return text.isBlank() ? Set.of() : Set.of(text.split(" "));
  }

  /** What each rule that binds says of a step at a moment; all must allow. */
  static List<Ruling> decide(StepFacts facts, Step step, Instant at) {
    LocalDate today = CallRules.day(at, facts.home());
    List<Ruling> rulings = new ArrayList<>();
    for (Row row : ROWS) {
      boolean binds =
          !today.isBefore(row.from())
              && (row.to() == null || !today.isAfter(row.to()))
              && (row.states().isEmpty()
                  || facts.states().stream().anyMatch(row.states()::contains))
              && (!row.hospital() || facts.hospital())
              && (row.steps().contains("all") || row.steps().contains(step.name()));
      if (binds) {
        Word word = judge(row, facts, today, at);
        rulings.add(
            new Ruling(
                row.id(),
                row.pack(),
                row.from(),
                word.allows(),
                word.allows() ? row.title() : row.words(),
                word.until()));
      }
    }
    rulings.sort(Comparator.comparing(Ruling::allows));
    return List.copyOf(rulings);
  }

  private static Word judge(Row row, StepFacts facts, LocalDate today, Instant at) {
    int number = row.number();
    return switch (row.kind()) {
      case DAYS_SINCE_FIRST_BILL -> since(latestFirstBill(facts), number, today, facts.home());
      case DAYS_SINCE_NOTICE ->
          since(day(facts, NoticeKind.ACTION_NOTICE), number, today, facts.home());
      case TOLD_BY_WORD -> Word.noIf(day(facts, NoticeKind.SPOKE_OF_HELP) == null);
      case NO_APPLICATION -> {
        LocalDate first = latestFirstBill(facts);
        yield Word.noIf(
            facts.applied().stream()
                .anyMatch(day -> first == null || !day.isAfter(first.plusDays(number))));
      }
      case YEARS_SINCE_CARE ->
          Word.noIf(
              facts.visits().stream()
                  .anyMatch(visit -> !today.isBefore(visit.day().plusYears(number))));
      case DAYS_SINCE_WRITTEN -> written(facts, number, today, at);
      case NOT_DISPUTED -> Word.noIf(isUp(facts, FlagKind.DISPUTE));
      case NOT_STAYED -> {
        LocalDate petition = day(facts, NoticeKind.BANKRUPTCY);
        yield Word.noIf(
            petition == null
                ? isUp(facts, FlagKind.BANKRUPTCY)
                : facts.visits().stream().anyMatch(visit -> !visit.day().isAfter(petition)));
      }
    };
  }

  private static boolean isUp(StepFacts facts, FlagKind kind) {
    return facts.flags().stream().anyMatch(flag -> flag.kind() == kind);
  }

  private static Word since(@Nullable LocalDate day, int days, LocalDate today, ZoneId home) {
    if (day == null) {
      return Word.NEVER;
    }
    LocalDate open = day.plusDays(days);
    return today.isBefore(open) ? Word.until(CallRules.start(open, home)) : Word.YES;
  }

  /** Null while a visit was not billed yet: its days have not begun. */
  private static @Nullable LocalDate latestFirstBill(StepFacts facts) {
    LocalDate latest = null;
    for (Facts.Visit visit : facts.visits()) {
      LocalDate first = facts.firstBills().get(visit.claim());
      if (first == null) {
        return null;
      }
      latest = latest == null || first.isAfter(latest) ? first : latest;
    }
    return latest;
  }

  private static @Nullable LocalDate day(StepFacts facts, NoticeKind kind) {
    return facts.told().stream()
        .filter(told -> told.kind() == kind)
        .map(told -> Objects.requireNonNull(told.on()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Word written(StepFacts facts, int days, LocalDate today, Instant at) {
    if (facts.log().stream().anyMatch(met -> met.isConversation() && !met.at().isAfter(at))) {
      return Word.YES;
    }
    LocalDate sent =
        facts.log().stream()
            .filter(
                met ->
                    met.isTo(Party.PAYER)
                        && met.outcome() == Outcome.SENT
                        && facts.log().stream()
                            .noneMatch(
                                back ->
                                    back.outcome() == Outcome.BOUNCED
                                        && back.channel() == met.channel()
                                        && !back.at().isBefore(met.at())))
            .map(met -> CallRules.day(met.at(), facts.home()))
            .min(Comparator.naturalOrder())
            .orElse(null);
    return since(sent, days, today, facts.home());
  }
}
