package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.posting.MadeUpCheck.Cas;
import org.openrcm.posting.MadeUpCheck.Decision;
import org.openrcm.posting.MadeUpCheck.Plb;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Money that cannot be right: nothing of it posts wrongly or by itself, it is on the exceptions
 * list, no cent is lost, and what comes with it is not harmed. Claims A, B and C are of 100.00
 * each, and their payer's checks post by themselves.
 */
@ServerTest
class BadMoneyTest {
  private static final long LIMIT = 10_000_000_000_000L;
  private static final Decision A = paid("A");
  private static final Decision B = paid("B");
  private static final Decision C = paid("C");

  @Autowired private ApplicationContext server;
  @Autowired private Posting posting;
  private TestBooks books;

  /** 80.00, discount 15.00, copay 5.00. */
  private static Decision paid(String claim) {
    return Decision.of(claim, "1", 10_000, new Cas("CO-45", 1_500), new Cas("PR-3", 500));
  }

  @BeforeEach
  void threeClaimsOfAPayerWhoseChecksPostByThemselves() {
    books = new TestBooks(server);
    books.load(
        "claims.837",
        MadeUpBills.file(
            1,
            MadeUpBills.Claim.of("A", 10_000),
            MadeUpBills.Claim.of("B", 10_000),
            MadeUpBills.Claim.of("C", 10_000)));
    books.run(() -> posting.mode(MadeUpCheck.PAYER, "A payer", Mode.AUTOMATIC));
  }

  @AfterEach
  void theBooksAreSound() {
    SoundBooks.check(server, books);
  }

  private UUID load(MadeUpCheck... checks) {
    StringBuilder text = new StringBuilder();
    for (MadeUpCheck check : checks) {
      text.append(check.text());
    }
    String name = "remit-" + checks[0].control() + ".835";
    return books.load(name, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private List<String> open() {
    return books.exceptions().lines().skip(1).map(line -> line.replace('\t', ' ')).toList();
  }

  private List<String> balances(String account) {
    return books
        .balances()
        .lines()
        .filter(line -> line.startsWith(account + "\t"))
        .map(line -> line.replaceAll("\t+", " "))
        .toList();
  }

  private void post(UUID check) {
    books.run(() -> posting.post(check, List.of()));
  }

  @Test
  void whatDoesNotBalanceWaitsAlsoWhenChecksOfItsPayerPostByThemselves() {
    load(
        MadeUpCheck.of("MORE", 11, A).saying(8_001),
        MadeUpCheck.of("LESS", 12, B).saying(7_950),
        MadeUpCheck.of("INSIDE", 13, C.paying(8_002)),
        MadeUpCheck.of("GOOD", 14).with(new Plb("L6:1", -300)));
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING GOOD 3.00");
    assertThat(open())
        .containsExactly("UNBALANCED INSIDE 0.02", "UNBALANCED LESS 0.50", "UNBALANCED MORE 0.01");
    assertThat(books.checks("WAITING")).hasSize(3);
    books.postAll();
    assertThat(balances("CASH_CLEARING"))
        .containsExactly(
            "CASH_CLEARING GOOD 3.00",
            "CASH_CLEARING INSIDE 80.02",
            "CASH_CLEARING LESS 79.50",
            "CASH_CLEARING MORE 80.01");
    assertThat(balances("UNAPPLIED_CREDIT"))
        .containsExactly("UNAPPLIED_CREDIT LESS 0.50", "UNAPPLIED_CREDIT MORE -0.01");
    assertThat(balances("INSURANCE_RECEIVABLE")).containsExactly("INSURANCE_RECEIVABLE C 1 -0.02");
  }

  @Test
  void aReversalOfWhatWasNeverPostedLeavesItsClaimAloneUntilThatIsPosted() {
    load(MadeUpCheck.of("BACK", 21, A.reversed()).with(new Plb("L6:1", -9_000)).later(7));
    assertThat(open()).containsExactly("REVERSAL_WITHOUT_PAYMENT A 80.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT BACK 80.00");
    assertThat(balances("INSURANCE_RECEIVABLE")).contains("INSURANCE_RECEIVABLE A 1 100.00");
    load(MadeUpCheck.of("PAID", 22, A));
    assertThat(open()).isEmpty();
    assertThat(balances("UNAPPLIED_CREDIT")).isEmpty();
    assertThat(balances("INSURANCE_RECEIVABLE")).contains("INSURANCE_RECEIVABLE A 1 100.00");
    assertThat(balances("CASH_CLEARING"))
        .containsExactly("CASH_CLEARING BACK 10.00", "CASH_CLEARING PAID 80.00");
  }

  @Test
  void aReversalIsNotComparedWithWhatComesInItsPlace() {
    Decision more = Decision.of("A", "1", 10_000, new Cas("CO-45", 1_500));
    load(MadeUpCheck.of("BACK", 27, A.reversed(), more).later(7));
    assertThat(open()).containsExactly("REVERSAL_WITHOUT_PAYMENT A 80.00");
    load(MadeUpCheck.of("PAID", 28, A));
    assertThat(open()).isEmpty();
    assertThat(balances("UNAPPLIED_CREDIT")).isEmpty();
    assertThat(balances("CASH_CLEARING"))
        .containsExactly("CASH_CLEARING BACK 5.00", "CASH_CLEARING PAID 80.00");
  }

  /** As when a claim is sent anew under another number of ours, and keeps that of its payer. */
  @Test
  void aTakebackThatPassesToAnotherClaimLeavesThereLessToGiveBack() {
    load(MadeUpCheck.of("FIRST", 28, numbered(B.paying(12_000))));
    load(MadeUpCheck.of("SECOND", 29, numbered(A)).later(1));
    load(MadeUpCheck.of("TAKEN", 30, C).with(new Plb("WO:BF1", 1_000)).later(2));
    books.postAll();
    assertThat(open()).contains("OVERPAID B 40.00", "TAKEBACK_WITHOUT_REVERSAL BF1 10.00");
    assertThat(balances("INSURANCE_RECEIVABLE"))
        .containsExactly("INSURANCE_RECEIVABLE A 1 10.00", "INSURANCE_RECEIVABLE B 1 -40.00");
    UUID second = books.checks("POSTED").get(1);
    books.run(() -> posting.undo(second));
    books.settled();
    assertThat(balances("INSURANCE_RECEIVABLE"))
        .containsExactly("INSURANCE_RECEIVABLE A 1 100.00", "INSURANCE_RECEIVABLE B 1 -30.00");
    assertThat(open()).contains("OVERPAID B 30.00");
    post(second);
    books.settled();
    assertThat(open()).contains("OVERPAID B 40.00");
  }

  private static Decision numbered(Decision decision) {
    return new Decision(
        decision.claim(),
        decision.status(),
        decision.charged(),
        decision.paid(),
        "BF1",
        decision.adjustments());
  }

  @Test
  void aReversalOfMoreThanWasPaidIsNotApplied() {
    load(MadeUpCheck.of("PAID", 25, A));
    Decision more = Decision.of("A", "22", -10_000, new Cas("CO-45", -1_000));
    load(MadeUpCheck.of("BACK", 26, more, B, C).later(7));
    assertThat(open()).containsExactly("REVERSAL_DIFFERS A 90.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT BACK 90.00");
    assertThat(balances("PATIENT_RECEIVABLE")).contains("PATIENT_RECEIVABLE A 5.00");
  }

  @Test
  void theSameCheckInAnotherFileUnderOtherControlNumbersIsNotPostedTwice() {
    MadeUpCheck check = MadeUpCheck.of("ONCE", 31, A, B).with(new Plb("WO:OLD", 1_000));
    load(check);
    String balances = books.balances();
    long entries = books.count("select count(*) from journal_entry");
    load(check.again(32));
    load(check.again(33), MadeUpCheck.of("OTHER", 34, C));
    assertThat(open()).containsExactly("CAME_TWICE ONCE 150.00", "TAKEBACK_UNEXPLAINED OLD 10.00");
    assertThat(books.count("select count(*) from remittance")).isEqualTo(2);
    assertThat(balances("CASH_CLEARING"))
        .containsExactly("CASH_CLEARING ONCE 150.00", "CASH_CLEARING OTHER 80.00");
    assertThat(books.balances()).contains(unchanged(balances));
    assertThat(books.count("select count(*) from journal_entry")).isEqualTo(entries + 1);
  }

  /** All lines but those of claim C. */
  private static String[] unchanged(String balances) {
    return balances.lines().filter(line -> !line.contains("\tC\t")).toArray(String[]::new);
  }

  /** Whichever of both files is read first, or gets ahead of the other. */
  @Test
  void checksThatComeTwiceAtOnceAreAllOnTheList() {
    for (int i = 0; i < 20; i++) {
      MadeUpCheck check = MadeUpCheck.of("ONCE" + i, 200 + 2 * i).with(new Plb("L6:1", -100 - i));
      books.receive("one-" + i + ".835", check.bytes());
      books.receive("other-" + i + ".835", check.again(201 + 2 * i).bytes());
    }
    books.settled();
    assertThat(open()).hasSize(20).allMatch(each -> each.startsWith("CAME_TWICE ONCE"));
    assertThat(balances("CASH_CLEARING")).hasSize(20);
  }

  @Test
  void theSameCheckTwiceInOneFileIsPostedOnce() {
    MadeUpCheck check = MadeUpCheck.of("ONCE", 36, A);
    load(check, check.again(37));
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING ONCE 80.00");
    assertThat(books.count("select count(*) from remittance")).isOne();
  }

  @Test
  void theSameControlNumbersWithAnotherAmountAreNotPosted() {
    load(MadeUpCheck.of("ONCE", 38, A));
    load(MadeUpCheck.of("ONCE", 38, A, B));
    assertThat(open()).containsExactly("CAME_TWICE ONCE 80.00");
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING ONCE 80.00");
  }

  @Test
  void theSameBytesAgainChangeNothing() {
    MadeUpCheck check = MadeUpCheck.of("ONCE", 41, A, B);
    load(check);
    String balances = books.balances();
    long entries = books.count("select count(*) from journal_entry");
    load(check);
    books.load("another-name.txt", check.bytes());
    assertThat(books.balances()).isEqualTo(balances);
    assertThat(books.count("select count(*) from journal_entry")).isEqualTo(entries);
    assertThat(open()).isEmpty();
    assertThat(books.count("select count(*) from received_file where state = 'DUPLICATE'"))
        .isEqualTo(2);
  }

  /** Where an amount may stand. */
  private enum Place {
    CLP03_SVC02,
    CLP04_SVC03,
    CAS,
    PLB,
    BPR02;

    /** A check over claim A with this amount in that place, balanced where it can be. */
    MadeUpCheck check(int control, long cents) {
      MadeUpCheck check = MadeUpCheck.of("LARGE", control, A);
      return switch (this) {
        case CLP03_SVC02 ->
            MadeUpCheck.of(
                "LARGE",
                control,
                Decision.of("A", "1", cents, new Cas("CO-45", cents / 2), new Cas("PR-3", 500)));
        case CLP04_SVC03 -> MadeUpCheck.of("LARGE", control, A.paying(cents), A.paying(-cents));
        case CAS ->
            MadeUpCheck.of("LARGE", control, Decision.of("A", "1", 10_000, new Cas("PR-3", cents)));
        case PLB -> check.with(new Plb("WO:OLD", cents), new Plb("WO:OLD", -cents));
        case BPR02 -> check.saying(cents);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHundredBillionAnywhereKeepsTheCheckFromBeingPostedAndNoOther(Place place) {
    load(place.check(51, LIMIT), MadeUpCheck.of("GOOD", 52, B, C));
    assertThat(open()).singleElement().asString().matches("AMOUNT_TOO_LARGE LARGE \\d+\\.\\d\\d");
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING GOOD 160.00");
    assertThat(balances("INSURANCE_RECEIVABLE")).containsExactly("INSURANCE_RECEIVABLE A 1 100.00");
    UUID check = books.checks("WAITING").get(0);
    assertThatThrownBy(() -> post(check))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Refused.Why.CANNOT_BE_POSTED));
  }

  @ParameterizedTest
  @EnumSource
  void aCentLessThanAHundredBillionIsAnAmountAsAnyOther(Place place) {
    load(place.check(53, LIMIT - 1), MadeUpCheck.of("GOOD", 54, B, C));
    books.postAll();
    assertThat(open()).noneMatch(each -> each.startsWith("AMOUNT_TOO_LARGE"));
    assertThat(books.checks("POSTED")).hasSize(2);
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
  }

  /** What is beyond what can be kept is not read; the check is known not to be whole. */
  @ParameterizedTest
  @CsvSource({
    "CLP03_SVC02, INCOMPLETE",
    "CLP04_SVC03, INCOMPLETE",
    "CAS, INCOMPLETE",
    "PLB, INCOMPLETE",
    "BPR02, AMOUNT_TOO_LARGE"
  })
  void whatIsBeyondAHundredBillionIsNotReadAndItsCheckNotPostedByItself(
      Place place, Trouble trouble) {
    for (long cents : List.of(LIMIT + 1, Long.MAX_VALUE)) {
      int control = cents == LIMIT + 1 ? 55 : 57;
      Decision other = cents == LIMIT + 1 ? B : C;
      String trace = "GOOD" + control;
      MadeUpCheck check = place.check(control, cents);
      load(
          place == Place.BPR02 ? check : check.saying(8_000),
          MadeUpCheck.of(trace, control + 1, other));
      assertThat(balances("CASH_CLEARING")).contains("CASH_CLEARING " + trace + " 80.00");
    }
    assertThat(open())
        .isNotEmpty()
        .allMatch(each -> each.startsWith(trouble + " LARGE ") || each.startsWith("CAME_TWICE"));
    assertThat(balances("CASH_CLEARING")).noneMatch(each -> each.contains("LARGE"));
    assertThat(balances("INSURANCE_RECEIVABLE")).containsExactly("INSURANCE_RECEIVABLE A 1 100.00");
  }

  @Test
  void aChargeOfAHundredBillionIsNotBookedAndTheOthersOfItsFileAre() {
    books.load(
        "large.837",
        MadeUpBills.file(
            2,
            MadeUpBills.Claim.of("L", LIMIT),
            MadeUpBills.Claim.of("M", LIMIT + 1),
            MadeUpBills.Claim.of("D", 12_000)));
    assertThat(open()).containsExactly("AMOUNT_TOO_LARGE L 100000000000.00");
    assertThat(balances("REVENUE"))
        .containsExactly(
            "REVENUE A -100.00", "REVENUE B -100.00", "REVENUE C -100.00", "REVENUE D -120.00");
    assertThat(books.count("select count(*) from claim where patient_control_number = 'M'"))
        .as("claims that were not read")
        .isZero();
    load(MadeUpCheck.of("ALL", 59, A, B, C, paid("M")));
    assertThat(open()).contains("NO_CLAIM M 80.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT ALL -80.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "132", "213", "231", "312", "321"})
  void aCorrectionBeforeItsReversalWaitsForIt(String order) {
    Decision corrected = Decision.of("A", "1", 10_000, new Cas("CO-45", 4_000));
    List<MadeUpCheck> checks =
        List.of(
            MadeUpCheck.of("PAID", 61, A),
            MadeUpCheck.of("ANEW", 62, corrected).later(7),
            MadeUpCheck.of("BACK", 63, A.reversed()).with(new Plb("L6:1", -9_000)).later(14));
    for (char next : order.toCharArray()) {
      load(checks.get(next - '1'));
      SoundBooks.check(server, books);
    }
    assertThat(open()).isEmpty();
    assertThat(balances("INSURANCE_RECEIVABLE"))
        .containsExactly("INSURANCE_RECEIVABLE B 1 100.00", "INSURANCE_RECEIVABLE C 1 100.00");
    assertThat(balances("CONTRACTUAL_ADJUSTMENT"))
        .containsExactly("CONTRACTUAL_ADJUSTMENT A 40.00");
    assertThat(balances("PATIENT_RECEIVABLE")).isEmpty();
    assertThat(balances("UNAPPLIED_CREDIT")).isEmpty();
  }

  @Test
  void aCorrectionWithoutItsReversalIsNotApplied() {
    load(MadeUpCheck.of("PAID", 65, A));
    Decision corrected = Decision.of("A", "1", 10_000, new Cas("CO-45", 4_000));
    load(MadeUpCheck.of("ANEW", 66, corrected, B).later(7));
    assertThat(open()).containsExactly("SECOND_DECISION A 60.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT ANEW -60.00");
    assertThat(balances("CONTRACTUAL_ADJUSTMENT"))
        .containsExactly("CONTRACTUAL_ADJUSTMENT A 15.00", "CONTRACTUAL_ADJUSTMENT B 15.00");
  }

  /** A check's id is made of control numbers too, and other ones in each file it comes in. */
  @ParameterizedTest
  @ValueSource(ints = {301, 303, 305, 307, 309, 311})
  void ofTwoDecisionsOfOneDayTheSameOneStandsInWhateverFilesTheyCome(int control) {
    load(MadeUpCheck.of("Y", control, A));
    load(MadeUpCheck.of("X", control + 1, Decision.of("A", "1", 10_000, new Cas("CO-45", 4_000))));
    assertThat(open()).containsExactly("SECOND_DECISION A 80.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT Y -80.00");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplacementSentOnTheDayOfItsClaimTakesItsPlaceInEitherOrder(boolean first) {
    byte[] claim = MadeUpBills.file(3, MadeUpBills.Claim.of("R", 10_000));
    byte[] replacement = MadeUpBills.file(4, new MadeUpBills.Claim("R", 12_000, "7", false));
    books.load("r1.837", first ? replacement : claim);
    books.load("r2.837", first ? claim : replacement);
    assertThat(balances("REVENUE")).contains("REVENUE R -120.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LX*1", "CLP*B", "SVC*HC:99213*100*80**1~\nDTM*472*20260224~\nCAS*CO*45"})
  void aCheckThatIsCutOffPostsOnlyWhenSomebodySaysSo(String cut) {
    MadeUpCheck check = MadeUpCheck.of("CUT", 71, A, B, C);
    String text = check.text();
    int at = cut.startsWith("SVC") ? text.lastIndexOf(cut) : text.indexOf(cut);
    books.load("cut.835", text.substring(0, at).getBytes(StandardCharsets.US_ASCII));
    assertThat(open()).singleElement().asString().startsWith("INCOMPLETE CUT ");
    assertThat(balances("CASH_CLEARING")).isEmpty();
    post(books.checks("WAITING").get(0));
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING CUT 240.00");
    String rest =
        switch (cut) {
          case "LX*1" -> "-240.00";
          case "CLP*B" -> "-240.00";
          default -> "-80.00";
        };
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT CUT " + rest);
    load(check);
    assertThat(open()).hasSize(2).contains("CAME_TWICE CUT 240.00");
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING CUT 240.00");
  }

  @Test
  void aClaimThatIsLeftOutKeepsTheCashOfItsCheckUntilItIsTakenIn() {
    books.run(() -> posting.mode(MadeUpCheck.PAYER, "A payer", Mode.REVIEW));
    load(MadeUpCheck.of("PART", 81, A, B, C));
    UUID check = books.checks("WAITING").get(0);
    books.run(() -> posting.post(check, List.of(1, 3)));
    assertThat(open()).containsExactly("HELD_BACK A 80.00", "HELD_BACK C 80.00");
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING PART 240.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT PART -160.00");
    assertThat(balances("PATIENT_RECEIVABLE")).containsExactly("PATIENT_RECEIVABLE B 5.00");
    SoundBooks.check(server, books);
    books.undoAll();
    assertThat(open()).isEmpty();
    assertThat(balances("CASH_CLEARING")).isEmpty();
    assertThat(balances("UNAPPLIED_CREDIT")).isEmpty();
    // somebody looks at it again, and takes one of them in
    books.run(() -> posting.post(check, List.of(3), List.of(1, 2)));
    assertThat(open()).containsExactly("HELD_BACK C 80.00");
    assertThat(balances("CASH_CLEARING")).containsExactly("CASH_CLEARING PART 240.00");
    assertThat(balances("UNAPPLIED_CREDIT")).containsExactly("UNAPPLIED_CREDIT PART -80.00");
  }
}
