package org.openrcm.claim;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.SetSource;
import org.openrcm.money.Money;

/** Claims of chance that their guide allows, with all that a claim can hold. */
final class MadeUpClaims {
  private final Random random;
  private final ClaimKind kind;

  MadeUpClaims(Random random, ClaimKind kind) {
    this.random = random;
    this.kind = kind;
  }

  Submission submission() {
    return new Submission(
        new SetSource("claims.837", "", "SENDER", "000000001", "1", "0001", kind.guide(), 1),
        kind,
        oneOf("00", "18"),
        code(6),
        day(),
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        oneOf("CH", "RP"),
        named("1000A", "41", true, "46").contacts(1 + random.nextInt(2)).done(),
        named("1000B", "40", true, "46").done(),
        List.of());
  }

  Billing billing() {
    return new Billing(
        maybe("207Q00000X"),
        maybe("CAD"),
        named("2010AA", "85", true, "XX").address().references("EI").contacts(1).done(),
        chance(3) ? unnamed("2010AB", "87") : null,
        chance(4) ? named("2010AC", "PE", true, "PI").address().references("EI").done() : null,
        List.of());
  }

  Subscriber subscriber(boolean isPatient) {
    return new Subscriber(
        membership(isPatient ? "18" : null),
        kind == ClaimKind.PROFESSIONAL && isPatient && chance(3) ? facts(null) : null,
        named("2010BA", "IL", false, "MI").address().birth().references("SY", "Y4").done(),
        named("2010BB", "PR", true, "PI").address().references("2U", "FY").done());
  }

  Patient patient() {
    return new Patient(
        kind == ClaimKind.PROFESSIONAL
            ? facts(oneOf("01", "19", "G8"))
            : new PatientFacts(oneOf("01", "19"), null, null, false),
        named("2010CA", "QC", false, null).address().birth().references("Y4").done());
  }

  Claim claim(Billing billing, Subscriber subscriber, @Nullable Patient patient) {
    boolean hospital = kind == ClaimKind.INSTITUTIONAL;
    boolean dental = kind == ClaimKind.DENTAL;
    List<ServiceLine> lines = new ArrayList<>();
    List<OtherCoverage> coverages = some(2, this::coverage);
    int count = 1 + random.nextInt(4);
    for (int i = 1; i <= count; i++) {
      lines.add(line(i, coverages));
    }
    return new Claim(
        billing,
        subscriber,
        patient,
        code(12),
        lines.stream().map(ServiceLine::charged).reduce(Money.ZERO, Money::plus),
        oneOf("11", "13", "22"),
        hospital ? "A" : "B",
        oneOf("1", "7", "8"),
        terms(),
        hospital ? new Claim.Admission(oneOf("1", "3"), maybe("7"), oneOf("01", "30")) : null,
        periods(),
        some(2, () -> new Attachment(oneOf("OZ", "B4"), oneOf("EL", "BM"), maybe(code(5)))),
        chance(2) ? List.of(new Amount(hospital ? "F3" : "F5", money())) : List.of(),
        claimReferences(),
        dental ? List.of() : chance(2) ? List.of(new Note("ADD", text())) : List.of(),
        details(),
        codes(),
        List.of(),
        providers(),
        coverages,
        List.copyOf(lines),
        List.of(),
        1,
        0,
        -1,
        0);
  }

  private Claim.Terms terms() {
    boolean accident = kind != ClaimKind.INSTITUTIONAL && chance(3);
    return new Claim.Terms(
        kind == ClaimKind.INSTITUTIONAL ? null : oneOf("Y", "N"),
        oneOf("A", "C"),
        oneOf("Y", "N"),
        oneOf("Y", "I"),
        kind == ClaimKind.PROFESSIONAL ? maybe("P") : null,
        accident ? chance(2) ? List.of("AA") : List.of("EM", "OA") : List.of(),
        accident ? maybe("OH") : null,
        null,
        kind == ClaimKind.PROFESSIONAL ? maybe("02") : null,
        kind == ClaimKind.DENTAL ? maybe("PB") : null,
        maybe("3"));
  }

  private List<Period> periods() {
    return switch (kind) {
      case PROFESSIONAL -> some(2, () -> day(oneOf("431", "454", "304", "439", "435")));
      case INSTITUTIONAL ->
          List.of(
              new Period("096", null, null, LocalTime.of(random.nextInt(24), 30)),
              span("434"),
              new Period("435", day(), null, LocalTime.of(random.nextInt(24), 15)));
      case DENTAL -> some(1, () -> chance(2) ? span("472") : day("472"));
    };
  }

  private List<ClaimReference> claimReferences() {
    return some(
        3,
        () ->
            new ClaimReference(
                kind == ClaimKind.DENTAL
                    ? oneOf("G1", "F8", "9F", "D9")
                    : oneOf("G1", "F8", "9F", "EA", "D9"),
                code(9),
                null));
  }

  private List<Detail> details() {
    List<Detail> details = new ArrayList<>();
    if (kind == ClaimKind.DENTAL) {
      details.add(new Detail("DN1", List.of("24", "", "Y")));
      details.add(new Detail("DN2", List.of("8", "M", "", "", "", "JP")));
    }
    if (chance(2)) {
      details.add(new Detail("CN1", List.of("09", ClaimSegments.text(money()))));
    }
    if (chance(2)) {
      details.add(new Detail("K3", List.of(text())));
    }
    if (kind == ClaimKind.PROFESSIONAL && chance(2)) {
      details.add(new Detail("CR1", List.of("LB", "140", "", "A", "DH", "12")));
      details.add(new Detail("CRC", List.of("07", "Y", "01", "06")));
    }
    if (chance(3)) {
      details.add(new Detail("HCP", List.of("03", "200", "60")));
    }
    return List.copyOf(details);
  }

  private List<HealthCode> codes() {
    List<HealthCode> codes = new ArrayList<>();
    if (kind == ClaimKind.INSTITUTIONAL) {
      codes.add(code("ABK", null, maybe("Y")));
      codes.add(code("ABJ", null, null));
      repeat(3, () -> codes.add(code("APR", null, null)));
      repeat(5, () -> codes.add(code("ABN", null, maybe("N"))));
      codes.add(code("DR", null, null));
      repeat(20, () -> codes.add(code("ABF", null, maybe("Y"))));
      codes.add(code("BBR", day(), null));
      repeat(14, () -> codes.add(code("BBQ", day(), null)));
      LocalDate from = day();
      repeat(
          3, () -> codes.add(new HealthCode("BI", "70", from, from.plusDays(3), null, null, null)));
      repeat(3, () -> codes.add(code("BH", day(), null)));
      repeat(3, () -> codes.add(new HealthCode("BE", "01", null, null, money(), null, null)));
      repeat(3, () -> codes.add(code("BG", null, null)));
    } else {
      codes.add(code("ABK", null, null));
      repeat(kind == ClaimKind.DENTAL ? 3 : 11, () -> codes.add(code("ABF", null, null)));
      if (kind == ClaimKind.PROFESSIONAL) {
        repeat(1, () -> codes.add(code("BP", null, null)));
        repeat(12, () -> codes.add(code("BG", null, null)));
      }
    }
    return List.copyOf(codes);
  }

  private HealthCode code(String qualifier, @Nullable LocalDate day, @Nullable String present) {
    return new HealthCode(qualifier, "A" + code(4), day, null, null, null, present);
  }

  private List<Named> providers() {
    List<Named> providers = new ArrayList<>();
    switch (kind) {
      case PROFESSIONAL -> {
        repeat(1, () -> providers.add(provider("2310A", "DN")));
        repeat(1, () -> providers.add(provider("2310B", "82")));
        repeat(
            1, () -> providers.add(named("2310C", "77", true, "XX").address().contacts(1).done()));
        if (chance(3)) {
          providers.add(unnamed("2310E", "PW"));
          providers.add(unnamed("2310F", "45"));
        }
      }
      case INSTITUTIONAL -> {
        providers.add(
            named("2310A", "71", false, "XX").specialty("AT").references("0B", "G2").done());
        repeat(1, () -> providers.add(provider("2310B", "72")));
        repeat(1, () -> providers.add(named("2310E", "77", true, "XX").address().done()));
      }
      case DENTAL -> {
        repeat(1, () -> providers.add(provider("2310A", "DN")));
        repeat(1, () -> providers.add(provider("2310B", "82")));
      }
    }
    return List.copyOf(providers);
  }

  private Named provider(String loop, String entity) {
    Party party = named(loop, entity, false, "XX").references("0B", "G2");
    return entity.equals("82") ? party.specialty("PE").done() : party.done();
  }

  private OtherCoverage coverage() {
    List<Detail> details = new ArrayList<>();
    details.add(new Detail("OI", List.of("", "", "Y", "", "", "Y")));
    if (kind == ClaimKind.INSTITUTIONAL && chance(2)) {
      details.add(new Detail("MIA", List.of("3", "", "", "120.5", "MA01")));
    }
    if (chance(2)) {
      details.add(new Detail("MOA", List.of("", "", "MA01", "MA18")));
    }
    return new OtherCoverage(
        membership(oneOf("18", "01")),
        adjustments(),
        some(1, () -> new Amount("D", money())),
        List.copyOf(details),
        named("2330A", "IL", false, "MI").address().done(),
        new Named(
            "2330B",
            new Person("PR", true, text(), null, null, null, "PI", code(5)),
            null,
            null,
            null,
            List.of(new ClaimReference("F8", code(8), null)),
            List.of(),
            List.of(day("573"))),
        List.of());
  }

  private List<Adjustment> adjustments() {
    List<Adjustment> adjustments = new ArrayList<>();
    for (String group : List.of("CO", "OA", "PR")) {
      int count = random.nextInt(8);
      for (int i = 0; i < count; i++) {
        BigDecimal quantity = chance(3) ? BigDecimal.valueOf(1 + random.nextInt(9)) : null;
        adjustments.add(
            new Adjustment(group, String.valueOf(1 + random.nextInt(250)), money(), quantity, 0));
      }
    }
    return List.copyOf(adjustments);
  }

  private ServiceLine line(int number, List<OtherCoverage> coverages) {
    boolean hospital = kind == ClaimKind.INSTITUTIONAL;
    boolean dental = kind == ClaimKind.DENTAL;
    boolean professional = kind == ClaimKind.PROFESSIONAL;
    List<LineDecision> decisions =
        coverages.stream().map(coverage -> decision(coverage.payer().person().id())).toList();
    return new ServiceLine(
        String.valueOf(number),
        hospital && chance(3) ? null : procedure(),
        hospital ? oneOf("0120", "0301", "0450") : null,
        money(),
        dental ? null : oneOf("UN", hospital ? "DA" : "MJ"),
        new BigDecimal(oneOf("1", "2", "30", "0.5", "12.75")),
        hospital ? null : maybe("22"),
        hospital ? List.of() : chance(2) ? List.of(1) : List.of(2, 1),
        hospital && chance(2) ? money() : null,
        dental
            ? new ServiceLine.Dental(
                chance(2) ? List.of("10", "20") : List.of(),
                maybe("I"),
                some(
                    2,
                    () ->
                        new ServiceLine.Tooth(
                            oneOf("3", "14"), chance(2) ? List.of("M", "O") : List.of())))
            : null,
        professional && chance(2)
            ? List.of(
                new ServiceLine.Indicator("SV109", "Y"), new ServiceLine.Indicator("SV115", "0"))
            : List.of(),
        List.of(professional && chance(2) ? span("472") : day("472")),
        professional ? some(1, () -> new Quantity("PT", BigDecimal.ONE)) : List.of(),
        some(2, () -> lineReference()),
        professional ? some(1, () -> new Amount("T", money())) : List.of(),
        dental ? List.of() : some(1, () -> new Attachment("OZ", "EL", code(4))),
        professional ? some(1, () -> new Note("ADD", text())) : List.of(),
        professional && chance(3)
            ? List.of(new Detail("MEA", List.of("TR", "R2", "1.8")))
            : List.of(),
        dental || chance(2) ? null : drug(),
        professional && chance(2)
            ? List.of(named("2420A", "82", false, "XX").specialty("PE").done())
            : List.of(),
        decisions,
        professional && chance(4)
            ? List.of(
                new Detail("LQ", List.of("UT", "04.04")),
                new Detail("FRM", List.of("1A", "", "56")))
            : List.of(),
        0);
  }

  private ClaimReference lineReference() {
    return kind == ClaimKind.PROFESSIONAL && chance(2)
        ? new ClaimReference("G1", code(6), maybe(code(5)))
        : new ClaimReference("6R", code(6), null);
  }

  private ServiceLine.Drug drug() {
    return new ServiceLine.Drug(
        "N4",
        "99999000101",
        BigDecimal.TEN,
        "ML",
        some(1, () -> new ClaimReference("XZ", code(7), null)));
  }

  private LineDecision decision(@Nullable String payer) {
    return new LineDecision(
        payer == null ? "" : payer,
        money(),
        procedure(),
        kind == ClaimKind.INSTITUTIONAL ? "0301" : null,
        BigDecimal.ONE,
        maybe("1"),
        adjustments(),
        List.of(day("573")),
        some(1, () -> new Amount("EAF", money())));
  }

  private Procedure procedure() {
    String qualifier = kind == ClaimKind.DENTAL ? "AD" : "HC";
    return new Procedure(
        qualifier,
        oneOf("99213", "D2740", "J1745"),
        oneOf(List.of(), List.of("25"), List.of("RT", "59")),
        maybe("WITH WORDS"));
  }

  private PlanMembership membership(@Nullable String relationship) {
    return new PlanMembership(
        oneOf("P", "S"), relationship, maybe(code(5)), maybe("GROUP"), null, oneOf("CI", "MB"));
  }

  private PatientFacts facts(@Nullable String relationship) {
    return new PatientFacts(
        relationship,
        chance(4) ? day() : null,
        chance(2) ? new BigDecimal("146.5") : null,
        relationship == null || chance(4));
  }

  private Party named(
      String loop, String entity, boolean organization, @Nullable String idQualifier) {
    return new Party(
        loop,
        new Person(
            entity,
            organization,
            text(),
            organization ? null : text(),
            organization ? null : maybe("Q"),
            organization ? null : maybe("JR"),
            idQualifier,
            idQualifier == null ? null : code(10)));
  }

  /** A place without a name. */
  private Named unnamed(String loop, String entity) {
    return new Party(loop, new Person(entity, true, null, null, null, null, null, null))
        .address()
        .done();
  }

  /** A party in the making; what a loop may have, it has by chance. */
  private final class Party {
    private final String loop;
    private final Person person;
    private Named.@Nullable Specialty specialty;
    private @Nullable Address address;
    private Named.@Nullable Demographics demographics;
    private List<ClaimReference> references = List.of();
    private List<Contact> contacts = List.of();

    Party(String loop, Person person) {
      this.loop = loop;
      this.person = person;
    }

    Party address() {
      List<String> lines = chance(2) ? List.of(text()) : List.of(text(), text());
      address = new Address(lines, text(), maybe("OH"), maybe("439990001"), maybe("CA"), null);
      return this;
    }

    Party birth() {
      demographics = new Named.Demographics(day(), oneOf("F", "M", "U"));
      return this;
    }

    Party specialty(String role) {
      specialty = chance(2) ? new Named.Specialty(role, "207Q00000X") : null;
      return this;
    }

    Party references(String... qualifiers) {
      references = some(1, () -> new ClaimReference(oneOf(qualifiers), code(8), null));
      return this;
    }

    Party contacts(int count) {
      List<Contact> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        List<Contact.Channel> channels = new ArrayList<>();
        channels.add(new Contact.Channel("TE", "8005550100"));
        if (chance(2)) {
          channels.add(new Contact.Channel("EX", "7"));
        }
        made.add(new Contact("IC", maybe(text()), List.copyOf(channels)));
      }
      contacts = List.copyOf(made);
      return this;
    }

    Named done() {
      return new Named(
          loop, person, specialty, address, demographics, references, contacts, List.of());
    }
  }

  private Period day(String qualifier) {
    return new Period(qualifier, day(), null, null);
  }

  private Period span(String qualifier) {
    LocalDate start = day();
    return new Period(qualifier, start, start.plusDays(random.nextInt(9)), null);
  }

  private LocalDate day() {
    return LocalDate.of(2026, 1, 1).minusDays(random.nextInt(30_000));
  }

  private Money money() {
    return Money.ofCents(random.nextInt(chance(2) ? 500_000 : 200));
  }

  private String text() {
    return oneOf("TARRANT", "QUENNELL", "O'HARA", "5 FALLOW COURT", "MILLHOLT-ON-SEA", "ÉTIENNE");
  }

  private String code(int length) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < length; i++) {
      code.append("ABCDEFGH0123456789".charAt(random.nextInt(18)));
    }
    return code.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private @Nullable String maybe(String value) {
    return chance(2) ? value : null;
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  private void repeat(int most, Runnable action) {
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      action.run();
    }
  }

  private <T> List<T> some(int most, Supplier<T> made) {
    List<T> list = new ArrayList<>();
    repeat(most, () -> list.add(made.get()));
    return List.copyOf(list);
  }
}
