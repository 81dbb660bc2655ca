package org.openrcm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.SetSource;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Figure;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.x12.X12Writer;

/** What is written is what is read again, but for where it stands in a file. */
class RemittanceWriterTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 12);

  /** One check with all that belongs to it. */
  private record Whole(
      Remittance remittance, List<ClaimPayment> claims, List<ProviderAdjustment> adjustments) {}

  @Test
  void anyRemittanceIsReadAsItWasWritten() {
    for (int seed = 0; seed < 300; seed++) {
      Whole made = new AnyRemittance(Dice.of(seed, "remittance")).whole();
      assertThat(read(written(made))).as("seed " + seed).containsExactly(made);
    }
  }

  static Stream<Path> remittances() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("samples", "src/test/resources/cases")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        found.addAll(files.filter(file -> file.toString().endsWith(".835")).sorted().toList());
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("remittances")
  void whatWasReadIsWrittenAndReadTheSame(Path file) throws IOException {
    for (Whole whole : read(Files.readAllBytes(file))) {
      if (whole.remittance().unmapped().isEmpty()) {
        assertThat(read(written(whole))).containsExactly(whole);
      }
    }
  }

  private static byte[] written(Whole whole) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (X12Writer out = new X12Writer(bytes)) {
      out.beginInterchange(
          new X12Writer.Interchange(
              "ZZ", "PAYER", "ZZ", "PAYEE", DAY.atTime(6, 15), 1, false, "T"));
      out.beginGroup("HP", "PAYER", "PAYEE", DAY.atTime(6, 15), 1, "005010X221A1");
      out.beginSet("835", "0001", null);
      RemittanceWriter writer = new RemittanceWriter(out);
      writer.header(whole.remittance());
      ClaimGroup group = ClaimGroup.NONE;
      for (ClaimPayment claim : whole.claims()) {
        if (!claim.group().equals(group)) {
          group = claim.group();
          writer.group(group);
        }
        writer.claim(claim);
      }
      writer.providerAdjustments(whole.adjustments());
      out.endSet();
      out.endGroup();
      out.endInterchange();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static List<Whole> read(byte[] bytes) {
    List<Whole> all = new ArrayList<>();
    RemittanceHandler keep =
        new RemittanceHandler() {
          private final List<ClaimPayment> claims = new ArrayList<>();
          private final List<ProviderAdjustment> adjustments = new ArrayList<>();

          @Override
          public void start(Remittance remittance) {
            claims.clear();
            adjustments.clear();
          }

          @Override
          public void claim(Remittance remittance, ClaimPayment claim) {
            claims.add(placeless(claim));
          }

          @Override
          public void adjustment(Remittance remittance, ProviderAdjustment its) {
            adjustments.add(
                new ProviderAdjustment(
                    its.provider(),
                    its.fiscalPeriodEnd(),
                    its.reason(),
                    its.reference(),
                    its.amount(),
                    0));
          }

          @Override
          public void end(Remittance remittance, Totals totals) {
            all.add(
                new Whole(placeless(remittance), List.copyOf(claims), List.copyOf(adjustments)));
          }
        };
    Answered.ENGINE.read(
        new ByteArrayInputStream(bytes),
        "a.835",
        new RemittanceReader("a.835", "", keep, finding -> {}),
        finding -> {});
    return all;
  }

  private static Remittance placeless(Remittance its) {
    return new Remittance(
        new SetSource("", "", "", "", "", "", "", 1),
        its.payment(),
        its.trace(),
        its.currency(),
        its.receiverId(),
        its.versionId(),
        its.productionDate(),
        its.payer(),
        its.payee(),
        its.unmapped());
  }

  private static List<Adjustment> placeless(List<Adjustment> adjustments) {
    return adjustments.stream()
        .map(its -> new Adjustment(its.group(), its.carc(), its.amount(), its.quantity(), 0))
        .toList();
  }

  private static ClaimPayment placeless(ClaimPayment its) {
    return new ClaimPayment(
        its.group(),
        its.patientControlNumber(),
        its.status(),
        its.charged(),
        its.paid(),
        its.patientResponsibility(),
        its.filingIndicator(),
        its.payerClaimControlNumber(),
        its.facilityType(),
        its.frequency(),
        its.drg(),
        its.drgWeight(),
        its.dischargeFraction(),
        placeless(its.adjustments()),
        its.people(),
        its.inpatient(),
        its.outpatient(),
        its.references(),
        its.dates(),
        its.contacts(),
        its.amounts(),
        its.quantities(),
        its.lines().stream().map(RemittanceWriterTest::placeless).toList(),
        List.of(),
        0,
        0,
        0,
        0);
  }

  private static ServicePayment placeless(ServicePayment its) {
    return new ServicePayment(
        its.procedure(),
        its.charged(),
        its.paid(),
        its.revenueCode(),
        its.unitsPaid(),
        its.submittedProcedure(),
        its.unitsBilled(),
        its.dates(),
        placeless(its.adjustments()),
        its.references(),
        its.amounts(),
        its.quantities(),
        its.remarks(),
        0);
  }

  /** Remittances of every shape that the records allow, by lot. */
  private record AnyRemittance(Dice dice) {

    Whole whole() {
      List<ClaimGroup> groups = some(3, i -> group(i + 1));
      List<ClaimPayment> claims = new ArrayList<>();
      for (ClaimGroup group : groups) {
        IntStream.rangeClosed(0, dice.below(3)).forEach(i -> claims.add(claim(group)));
      }
      return new Whole(remittance(), List.copyOf(claims), some(9, i -> providerAdjustment()));
    }

    private <T> List<T> some(int most, IntFunction<T> make) {
      return IntStream.range(0, dice.below(most + 1)).mapToObj(make).toList();
    }

    private @Nullable String maybe(String text) {
      return dice.chance(500) ? text : null;
    }

    private Money money() {
      return Money.ofCents(dice.between(-5_000_000, 5_000_000));
    }

    private @Nullable BigDecimal number() {
      return dice.chance(500) ? BigDecimal.valueOf(dice.between(1, 99_999), dice.below(4)) : null;
    }

    private LocalDate day() {
      return DAY.minusDays(dice.below(900));
    }

    private Remittance remittance() {
      return new Remittance(
          new SetSource("", "", "", "", "", "", "", 1),
          new Remittance.Payment(
              "I",
              money(),
              "C",
              "ACH",
              maybe("CCP"),
              account(),
              maybe("1890000101"),
              maybe("SUPPLEMENT"),
              account(),
              day()),
          new Remittance.Trace(dice.digits(9), maybe("1890000101"), maybe("PART")),
          null,
          maybe("RECEIVER"),
          maybe("VERSION 7"),
          dice.chance(500) ? day() : null,
          party(true),
          party(false),
          List.of());
    }

    private Remittance.@Nullable BankAccount account() {
      return dice.chance(500)
          ? new Remittance.BankAccount("01", "999999992", "DA", dice.digits(9))
          : null;
    }

    private Party party(boolean isPayer) {
      Address address =
          new Address(List.of("1 HERON WAY"), "MILLHOLT", "OH", "439990001", null, null);
      Party.Delivery delivery = new Party.Delivery("EM", null, "desk@example.org");
      return new Party(
          "MADE UP",
          maybe("XV"),
          maybe("99999"),
          dice.chance(800) ? address : null,
          some(3, i -> new Reference(isPayer ? "2U" : "TJ", dice.digits(8))),
          isPayer ? some(2, i -> contact("BL")) : List.of(),
          isPayer || dice.chance(500) ? null : delivery);
    }

    private Contact contact(String function) {
      return new Contact(
          function, maybe("DESK"), some(3, i -> new Contact.Channel("TE", dice.digits(10))));
    }

    private ClaimGroup group(int number) {
      ClaimGroup.ProviderTotals totals =
          new ClaimGroup.ProviderTotals(
              dice.digits(10),
              "11",
              day(),
              BigDecimal.valueOf(dice.between(1, 500)),
              money(),
              List.of(new Figure("TS313", BigDecimal.ONE), new Figure("TS324", BigDecimal.TEN)));
      return new ClaimGroup(
          Integer.toString(number),
          dice.chance(300) ? totals : null,
          dice.chance(300)
              ? new ClaimGroup.InpatientTotals(List.of(new Figure("TS202", BigDecimal.TEN)))
              : null);
    }

    private ClaimPayment claim(ClaimGroup group) {
      boolean stay = dice.chance(300);
      return new ClaimPayment(
          group,
          "A-" + dice.digits(6),
          dice.oneOf(List.of("1", "2", "4", "19", "22", "25")),
          money(),
          money(),
          dice.chance(500) ? money() : null,
          maybe("12"),
          maybe(dice.digits(12)),
          maybe("11"),
          maybe("1"),
          maybe("470"),
          number(),
          number(),
          adjustments(),
          people(),
          stay ? outcome("MIA", 24, List.of(2, 4, 24)) : null,
          !stay && dice.chance(500) ? outcome("MOA", 9, List.of(1, 2, 9)) : null,
          some(3, i -> new Reference(dice.oneOf(List.of("1L", "EA", "F8")), dice.digits(7))),
          some(2, i -> new Dated("232", day())),
          some(2, i -> contact("CX")),
          some(4, i -> new Amount(dice.oneOf(List.of("AU", "F5", "I")), money())),
          some(3, i -> new Quantity("CA", BigDecimal.valueOf(dice.between(1, 30)))),
          some(5, i -> line()),
          List.of(),
          0,
          0,
          0,
          0);
    }

    private Outcome outcome(String tag, int last, List<Integer> elements) {
      List<Figure> figures = new ArrayList<>();
      for (int element : elements) {
        String designator = tag + (element < 10 ? "0" : "") + element;
        figures.add(new Figure(designator, BigDecimal.valueOf(dice.between(1, 9_999), 2)));
      }
      return new Outcome(List.copyOf(figures), some(4, i -> "MA0" + dice.between(1, 9)));
    }

    private List<Person> people() {
      List<Person> people = new ArrayList<>();
      people.add(
          new Person(
              "QC", false, "QUILLBY", maybe("TANSY"), maybe("Q"), maybe("III"), "MI", "BFH1"));
      if (dice.chance(400)) {
        people.add(new Person("TT", true, "NEXT PAYER", null, null, null, "PI", "NEXT"));
      }
      return List.copyOf(people);
    }

    private List<Adjustment> adjustments() {
      return some(
          9,
          i ->
              new Adjustment(
                  dice.oneOf(List.of("CO", "OA", "PI", "PR")),
                  dice.oneOf(List.of("1", "2", "3", "45", "97")),
                  money(),
                  number(),
                  0));
    }

    private ServicePayment line() {
      Procedure procedure =
          new Procedure(
              "HC", "99213", some(4, i -> dice.oneOf(List.of("25", "59", "QW"))), maybe("WORDS"));
      return new ServicePayment(
          procedure,
          money(),
          money(),
          maybe("0450"),
          number(),
          dice.chance(200) ? procedure : null,
          number(),
          some(2, i -> new Dated("150", day())),
          adjustments(),
          some(1, i -> new Reference("6R", dice.digits(5))),
          some(3, i -> new Amount("B6", money())),
          some(2, i -> new Quantity("ZK", BigDecimal.ONE)),
          some(3, i -> new ServicePayment.Remark("HE", "N" + dice.digits(3))),
          0);
    }

    private ProviderAdjustment providerAdjustment() {
      return new ProviderAdjustment(
          dice.oneOf(List.of("2400102010", "2400203016")),
          LocalDate.of(2026, 12, 31),
          dice.oneOf(List.of("WO", "FB", "L6")),
          maybe(dice.digits(9)),
          money(),
          0);
    }
  }
}
