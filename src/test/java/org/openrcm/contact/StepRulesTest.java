package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.account.FlagKind;

/** Rows C21, C24, C25, C30, C31 and C32: what must have happened before a step beyond asking. */
class StepRulesTest {
  private static final LocalDate BILLED = LocalDate.of(2026, 1, 1);

  private final List<Facts.Visit> visits =
      new ArrayList<>(List.of(new Facts.Visit(1, LocalDate.of(2025, 12, 1))));
  private final Map<Long, LocalDate> bills = new java.util.HashMap<>(Map.of(1L, BILLED));
  private final List<Facts.Raised> flags = new ArrayList<>();
  private final List<LocalDate> applied = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Met> log = new ArrayList<>();
  private String state = "TX";
  private boolean hospital = true;

  private List<String> forbids(Step step, LocalDate day) {
    StepRules.StepFacts facts =
        new StepRules.StepFacts(
            hospital, Situation.NEW_YORK, Set.of(state), visits, bills, flags, applied, told, log);
    return StepRules.decide(facts, step, day.atTime(12, 0).atZone(Situation.NEW_YORK).toInstant())
        .stream()
        .filter(ruling -> !ruling.allows())
        .map(ruling -> ruling.rule() + " " + ruling.words().split(" ")[0])
        .toList();
  }

  private void noticed(int day) {
    LocalDate on = BILLED.plusDays(day);
    told.add(
        Told.of(NoticeKind.ACTION_NOTICE, on.atStartOfDay(Situation.NEW_YORK).toInstant()).on(on));
    told.add(
        Told.of(NoticeKind.SPOKE_OF_HELP, on.atStartOfDay(Situation.NEW_YORK).toInstant()).on(on));
  }

  @ParameterizedTest
  @CsvSource({"119, false", "120, true"})
  void c31NothingBefore120DaysFromTheFirstBill(int day, boolean allowed) {
    noticed(60);
    assertThat(forbids(Step.SUIT, BILLED.plusDays(day)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void c31NothingWithoutANotice() {
    assertThat(forbids(Step.LIEN, BILLED.plusDays(120))).containsExactly("C31 No", "C31 Nobody");
  }

  @ParameterizedTest
  @CsvSource({"124, false", "125, true"})
  void c31ANoticeOnDay95Opens30DaysLater(int day, boolean allowed) {
    noticed(95);
    assertThat(forbids(Step.LIEN, BILLED.plusDays(day)).isEmpty()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"239, false", "240, false", "241, true"})
  void c31AnApplicationUpToDay240Suspends(int day, boolean allowed) {
    noticed(60);
    applied.add(BILLED.plusDays(day));
    assertThat(forbids(Step.LIEN, BILLED.plusDays(250)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void c31TheLatestFirstBillCountsWhereSeveralAreMeant() {
    noticed(60);
    visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 20)));
    assertThat(forbids(Step.LIEN, BILLED.plusDays(200))).containsExactly("C31 120");
    bills.put(2L, BILLED.plusDays(40));
    assertThat(forbids(Step.LIEN, BILLED.plusDays(159))).containsExactly("C31 120");
    assertThat(forbids(Step.LIEN, BILLED.plusDays(160))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void c32EveryStepPassesTheGateOfHospitalsAndOfNoOther(Step step) {
    assertThat(forbids(step, BILLED.plusDays(119))).contains("C31 120");
    hospital = false;
    assertThat(forbids(step, BILLED.plusDays(119))).doesNotContain("C31 120");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void c21NoStepWhileAnythingIsDisputed(Step step) {
    hospital = false;
    flags.add(new Facts.Raised(FlagKind.DISPUTE, 1L, null));
    assertThat(forbids(step, BILLED)).contains("C21 They");
    flags.clear();
    assertThat(forbids(step, BILLED)).doesNotContain("C21 They");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void c30NoStepForVisitsUpToTheDayOfThePetition(Step step) {
    hospital = false;
    flags.add(new Facts.Raised(FlagKind.BANKRUPTCY, null, null));
    assertThat(forbids(step, BILLED)).as("its day is not known").contains("C30 The");
    Told petition = Told.of(NoticeKind.BANKRUPTCY, Situation.at("2025-12-20T10:00"));
    told.add(petition.on(LocalDate.of(2025, 12, 1)));
    assertThat(forbids(step, BILLED)).contains("C30 The");
    told.clear();
    told.add(petition.on(LocalDate.of(2025, 11, 30)));
    assertThat(forbids(step, BILLED)).doesNotContain("C30 The");
  }

  @Test
  void c24NoSuitInNewYorkThreeYearsAfterTheTreatment() {
    hospital = false;
    state = "NY";
    assertThat(forbids(Step.SUIT, LocalDate.of(2028, 11, 30))).isEmpty();
    assertThat(forbids(Step.SUIT, LocalDate.of(2028, 12, 1))).containsExactly("C24 A");
    assertThat(forbids(Step.LIEN, LocalDate.of(2028, 12, 1))).isEmpty();
  }

  @Test
  void c25NoReportBeforeALetterHadFourteenDaysToComeBack() {
    hospital = false;
    LocalDate sent = LocalDate.of(2026, 3, 2);
    assertThat(forbids(Step.CREDIT_REPORT, sent)).containsExactly("C25 Nobody");
    log.add(
        new Met(
            Channel.MAIL,
            Direction.OUT,
            Outcome.SENT,
            Purpose.COLLECT,
            Party.PAYER,
            null,
            Place.UNKNOWN,
            Situation.at("2026-03-02T10:00")));
    assertThat(forbids(Step.CREDIT_REPORT, sent.plusDays(13))).containsExactly("C25 Nobody");
    assertThat(forbids(Step.CREDIT_REPORT, sent.plusDays(14))).isEmpty();
  }
}
