package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.CodeList;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServerTest
class DenialsTest {
  @Autowired private ApplicationContext server;
  @Autowired private DenialList list;

  /** Loads the files of a case, its checks dated as told, and posts them. */
  private static void load(TestBooks books, String story, LocalDate day) {
    String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
    books.loadCase(story, text -> text.replaceAll("(BPR[^~]*\\*)[0-9]{8}~", "$1" + date + "~"));
    books.postAll();
  }

  private TestBooks books() {
    TestBooks books = new TestBooks(server);
    LocalDate today = LocalDate.now();
    load(books, "denied-as-too-late", today.minusDays(180));
    load(books, "one-line-denied", today.minusDays(181));
    load(books, "reduced-by-the-payer", today);
    load(books, "denied-then-paid", today);
    return books;
  }

  private DenialList.Found items(TestBooks books, int limit, String... sent) {
    return books.ask(() -> list.items(filter(sent), "", limit));
  }

  private static DenialFilter filter(String... sent) {
    Map<String, String> values = new HashMap<>();
    values.put("view", "items");
    for (int i = 0; i < sent.length; i += 2) {
      values.put(sent[i], sent[i + 1]);
    }
    return DenialFilter.of(values);
  }

  private static List<String> told(DenialList.Found found) {
    return found.rows().rows().stream()
        .map(
            row ->
                "%s %s %s %s"
                    .formatted(
                        row.denial().control(),
                        row.denial().code(),
                        row.denial().cents(),
                        row.left()))
        .toList();
  }

  @Test
  void whatStandsOnTheTwoAccountsIsOnTheListAndNothingElse() {
    TestBooks books = books();
    DenialList.Found found = items(books, 50);
    assertThat(told(found))
        .containsExactly(
            "LFP-6031 CO-29 16500 today",
            "LFP-6041 CO-50 5000 1 day ago",
            "LFP-6291 PI-45 2500 180 days left");
    assertThat(found.total()).isEqualTo(new DenialList.Total(3, 24_000));
    assertThat(
            books.count(
                "select sum(amount_cents) from journal_line"
                    + " where account in ('DENIED_PENDING_REVIEW', 'PAYER_REDUCTION')"))
        .isEqualTo(24_000);
    books.undoAll();
    assertThat(items(books, 50).rows().isEmpty()).isTrue();
  }

  @Test
  void aDenialStaysWhileOnlyTheCheckThatTakesItBackIsUndone() {
    TestBooks books = new TestBooks(server);
    load(books, "denied-then-paid", LocalDate.now());
    assertThat(items(books, 50).rows().isEmpty()).isTrue();
    books.run(() -> server.getBean(Posting.class).undo(books.checks("POSTED").get(1)));
    books.settled();
    assertThat(told(items(books, 50))).containsExactly("LFP-6471 CO-197 98000 180 days left");
  }

  @Test
  void filtersAndPartsLeaveOutWhatTheySay() {
    TestBooks books = books();
    assertThat(told(items(books, 50, "kind", "reduced"))).hasSize(1);
    assertThat(told(items(books, 50, "deadline", "passed")))
        .containsExactly("LFP-6041 CO-50 5000 1 day ago");
    assertThat(told(items(books, 50, "deadline", "soon")))
        .containsExactly("LFP-6031 CO-29 16500 today");
    assertThat(told(items(books, 50, "deadline", "later"))).hasSize(1);
    assertThat(told(items(books, 50, "code", "CO-29", "payer", "1890000101"))).hasSize(1);
    assertThat(told(items(books, 50, "payer", "none"))).isEmpty();
    for (String sort : List.of("money", "-money", "deadline", "-deadline")) {
      List<String> all = new ArrayList<>();
      String after = "";
      while (after != null) {
        DenialList.Found part = items(books, 1, "sort", sort, "after", after);
        assertThat(part.total().count()).isEqualTo(3);
        all.addAll(told(part));
        after = part.rows().next();
      }
      assertThat(all).as(sort).isEqualTo(told(items(books, 50, "sort", sort)));
      assertThat(all.get(0))
          .startsWith(
              switch (sort) {
                case "money", "-deadline" -> "LFP-6291";
                case "deadline" -> "LFP-6041";
                default -> "LFP-6031";
              });
    }
  }

  @Test
  void sumsAreByReasonAndPayer() {
    TestBooks books = books();
    DenialList.Summary summary =
        Objects.requireNonNull(books.ask(() -> list.summary(DenialFilter.of(Map.of()), "")));
    assertThat(summary.sums())
        .extracting(DenialList.Sum::code, DenialList.Sum::cents, DenialList.Sum::passed)
        .containsExactly(
            tuple("CO-29", 16_500L, 0L), tuple("CO-50", 5_000L, 1L), tuple("PI-45", 2_500L, 0L));
    assertThat(summary.total()).isEqualTo(new DenialList.Total(3, 24_000));
    assertThat(Objects.requireNonNull(summary.bars()).labels())
        .containsExactly("CO-29", "CO-50", "PI-45");
  }

  @Test
  void medicareGivesLessTime() {
    TestBooks books = new TestBooks(server);
    books.loadCase("denied-as-too-late", text -> text.replace("**12*BF266031A", "**MB*BF266031A"));
    books.postAll();
    assertThat(items(books, 50).rows().rows().get(0).denial().deadline())
        .isEqualTo(LocalDate.of(2026, 3, 23).plusDays(120));
  }

  @Test
  void everyReasonThatCanBeADenialHasANextStepOfKnownCodes() {
    List<String> known =
        CodeList.load("claim-adjustment-reason").rows().stream().map(CodeList.Row::code).toList();
    List<String> steps =
        CodeList.load("denial-next-step").rows().stream().map(CodeList.Row::code).toList();
    assertThat(known).containsAll(steps.stream().filter(code -> !code.equals("ANY")).toList());
    LocalDate today = LocalDate.now();
    for (String group : List.of("CO", "OA", "PI")) {
      for (String carc : known) {
        Adjustment adjustment = new Adjustment(group, carc, Money.ofCents(1), null, 1);
        if (List.of(Meaning.DENIAL, Meaning.REDUCTION).contains(Meaning.of(adjustment, today))) {
          assertThat(Denial.step(carc, today)).as(group + "-" + carc).isNotBlank();
        }
      }
    }
    assertThat(Denial.step("29", today)).isNotEqualTo(Denial.step("ANY", today));
  }
}
