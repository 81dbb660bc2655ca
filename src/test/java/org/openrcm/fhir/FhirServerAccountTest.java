package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.fhir.FhirPractices.Recorded;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts over FHIR: who they are of, who pays, and to the cent what the ledger has on them. */
@ServerTest
class FhirServerAccountTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private static TestBooks books;
  private static TestApi program;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private JdbcClient sql;

  @BeforeEach
  void booksWithSomeStories() {
    if (books == null) {
      TestBooks told = new TestBooks(server);
      for (String story :
          List.of(
              "first-payer-then-second",
              "void-not-taken-back-yet",
              "discount-and-coinsurance",
              "overpayment-taken-back-by-letter",
              "another-patient-under-our-number")) {
        told.loadCase(story);
        told.postAll();
      }
      books = told;
    }
    // a token lasts five minutes
    program = users.api(books.practice, "system/*.rs", "system/ledger.read");
  }

  private static Bundle bundle(String path) {
    HttpResponse<String> answer = program.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  private static List<Account> found(String search) {
    return bundle("/fhir/Account?" + search).getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(Account.class::isInstance)
        .map(Account.class::cast)
        .toList();
  }

  private static Account one(String search) {
    List<Account> found = found(search);
    assertThat(found).as(search).hasSize(1);
    return found.get(0);
  }

  /** All, a page at a time. */
  private static List<Account> all() {
    List<Account> all = new ArrayList<>();
    Bundle page = bundle("/fhir/Account?_count=2");
    while (true) {
      assertThat(page.getEntry()).hasSizeLessThanOrEqualTo(2);
      page.getEntry().forEach(entry -> all.add((Account) entry.getResource()));
      if (page.getLink("next") == null) {
        return all;
      }
      page = bundle(page.getLink("next").getUrl());
    }
  }

  private static Extension balance(Account account) {
    return account.getExtensionByUrl(Systems.BALANCE_EXTENSION);
  }

  private static BigDecimal amount(Extension of, String name) {
    Money money = (Money) of.getExtensionByUrl(name).getValue();
    assertThat(money.getCurrency()).isEqualTo("USD");
    return money.getValue();
  }

  private static BigDecimal cents(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  /** What the journal has by account, or by claim: insurers', patient's, credit of claims. */
  private Map<String, List<BigDecimal>> journal(String by) {
    Map<String, List<BigDecimal>> journal = new TreeMap<>();
    books.ask(
        () -> {
          sql.sql(
                  """
                  select replace(id::text, '-', '') as id, sum(insurance), sum(patient),
                    sum(greatest(-insurance, 0) + greatest(-patient, 0))
                  from (
                    select %s as id,
                      coalesce(sum(amount_cents)
                        filter (where l.account = 'INSURANCE_RECEIVABLE'), 0) as insurance,
                      coalesce(sum(amount_cents)
                        filter (where l.account = 'PATIENT_RECEIVABLE'), 0) as patient
                    from account a join account_claim c on c.account_number = a.number
                    left join journal_line l on l.claim_number = c.claim_number
                    group by a.id, c.claim_id) each
                  group by id
                  """
                      .formatted(by))
              .query(
                  row -> {
                    journal.put(
                        row.getString(1),
                        List.of(
                            cents(row.getLong(2)), cents(row.getLong(3)), cents(row.getLong(4))));
                  });
          return true;
        });
    return journal;
  }

  @Test
  void everyAccountIsServedWithWhatTheJournalHas() {
    Map<String, List<BigDecimal>> served = new TreeMap<>();
    for (Account account : all()) {
      Extension balance = balance(account);
      served.put(
          account.getIdElement().getIdPart(),
          List.of(
              amount(balance, "insurance"), amount(balance, "patient"), amount(balance, "credit")));
      assertThat(ProfileValidator.shared().errors(account)).isEmpty();
    }
    assertThat(served).hasSizeGreaterThan(2).isEqualTo(journal("a.id"));
    assertThat(served.values().stream().map(List::toString))
        .contains("[0.00, 6.00, 0.00]"); // Moss, of first-payer-then-second
  }

  @Test
  void aBalanceIsTracedToTheLinesOfItsClaims() {
    Map<String, List<BigDecimal>> ofClaims = journal("c.claim_id");
    int traced = 0;
    for (Account account : all()) {
      BigDecimal insurance = cents(0);
      BigDecimal patient = cents(0);
      for (Extension part : balance(account).getExtensionsByUrl("claim")) {
        Reference claim = (Reference) part.getExtensionByUrl("claim").getValue();
        List<BigDecimal> journal = ofClaims.get(claim.getReferenceElement().getIdPart());
        assertThat(amount(part, "insurance")).isEqualTo(journal.get(0));
        assertThat(amount(part, "patient")).isEqualTo(journal.get(1));
        assertThat(program.get("/fhir/" + claim.getReference()).statusCode()).isEqualTo(200);
        String lines = "/api/ledger/lines?claim=" + claim.getIdentifier().getValue() + "&account=";
        assertThat(program.get(lines + "insurance-receivable").body())
            .contains("\"balance\":" + amount(part, "insurance") + ",");
        assertThat(program.get(lines + "patient-receivable").body())
            .contains("\"balance\":" + amount(part, "patient") + ",");
        insurance = insurance.add(amount(part, "insurance"));
        patient = patient.add(amount(part, "patient"));
        traced++;
      }
      assertThat(amount(balance(account), "insurance")).isEqualTo(insurance);
      assertThat(amount(balance(account), "patient")).isEqualTo(patient);
    }
    // of the stories: 6.00, -265.00, 37.48, 60.00 and 165.00
    assertThat(traced).isEqualTo(5);
  }

  @Test
  void aCreditOfOneClaimDoesNotHideInAnother() {
    Account tansy = one("identifier=LFP-6511");
    // LFP-6511 -265.00, LFP-6381 165.00; LFP-6011 37.48
    assertThat(amount(balance(tansy), "insurance")).isEqualTo("-100.00");
    assertThat(amount(balance(tansy), "patient")).isEqualTo("37.48");
    assertThat(amount(balance(tansy), "credit")).isEqualTo("265.00");
  }

  @Test
  void anAccountSaysWhoPaysInWhichOrder() {
    Account moss = one("identifier=GO-6061");
    assertThat(moss.getStatus()).isEqualTo(Account.AccountStatus.ACTIVE);
    assertThat(moss.getName()).isEqualTo("HAZELTHWAITE, MOSS");
    assertThat(moss.getIdentifier())
        .singleElement()
        .satisfies(number -> assertThat(number.getValue()).isEqualTo("GO-6061"));
    Patient patient = (Patient) moss.getSubjectFirstRep().getResource();
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo("HAZELTHWAITE");
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1961-04-08");
    assertThat(moss.getCoverage()).hasSize(2);
    assertThat(moss.getCoverage()).extracting(one -> one.getPriority()).containsExactly(1, 2);
    assertThat(moss.getCoverage())
        .map(one -> (Coverage) one.getCoverage().getResource())
        .extracting(one -> one.getSubscriberId() + " " + one.getPayorFirstRep().getDisplay())
        .containsExactly("BFH100200915 BLUEFERN HEALTH PLAN", "SBT771001 SALTMARSH BENEFIT TRUST");
    assertThat(moss.getGuarantor())
        .singleElement()
        .satisfies(who -> assertThat(who.getParty().getReference()).isEqualTo("#patient"));
  }

  @Test
  void anotherGuarantorIsAPersonOfItsOwn() {
    String set =
        """
        update account set guarantor_last_name = %s, guarantor_first_name = 'OTIS',
          guarantor_relationship = 'PARENT'
        where number in (select account_number from account_claim where control = 'LFP-6382')""";
    books.ask(() -> sql.sql(set.formatted("'MARLOCK'")).update());
    Account account = one("identifier=LFP-6382");
    RelatedPerson parent = (RelatedPerson) account.getGuarantorFirstRep().getParty().getResource();
    assertThat(parent.getNameFirstRep().getNameAsSingleString()).isEqualTo("OTIS MARLOCK");
    assertThat(parent.getRelationshipFirstRep().getCodingFirstRep().getCode()).isEqualTo("PRN");
    assertThat(ProfileValidator.shared().errors(account)).isEmpty();
    books.ask(() -> sql.sql(set.formatted("null")).update());
  }

  @Test
  void accountsAreFoundByNameNumberAndPatient() {
    String moss = one("identifier=GO-6061").getIdElement().getIdPart();
    for (String search :
        List.of(
            "_id=" + moss,
            "name=hazel",
            "name=HAZELTHWAITE%20moss",
            "identifier=BFH100200915",
            "identifier=bfh100200915&status=active",
            "identifier=GO-6061,nothing")) {
      assertThat(one(search).getIdElement().getIdPart()).as(search).isEqualTo(moss);
    }
    for (String search :
        List.of(
            "name=azel",
            "identifier=GO-606",
            "identifier=http://example.org%7CGO-6061",
            "status=inactive",
            "patient=0123456789abcdef0123456789abcdef",
            "identifier=GO-6061&name=quill")) {
      assertThat(found(search)).as(search).isEmpty();
    }
    assertThat(bundle("/fhir/Account?_total=accurate").getTotal()).isEqualTo(all().size());
  }

  @Test
  void patientsComeAlongAndAreFoundByAndNobodyElseIsAmongThem() {
    List<String> families = new ArrayList<>();
    for (Account account : all()) {
      String id = account.getIdElement().getIdPart();
      bundle("/fhir/Account?_include=Account:patient&_id=" + id).getEntry().stream()
          .map(Bundle.BundleEntryComponent::getResource)
          .filter(Patient.class::isInstance)
          .map(Patient.class::cast)
          .forEach(
              patient -> {
                String family = patient.getNameFirstRep().getFamily();
                families.add(family);
                assertThat(one("patient=" + patient.getIdElement().getIdPart()).getId())
                    .isEqualTo(account.getId());
              });
    }
    // their payment came under the number of another patient's claim, and is not on that account
    assertThat(families).contains("QUILLBY", "HAZELTHWAITE").doesNotContain("BRACKENRIGG");
  }

  @Test
  void aLookLeavesARowForEachPatientOfTheAccount() {
    String moss = one("identifier=GO-6061").getIdElement().getIdPart();
    long treated =
        books.count(
            """
            select count(distinct patient_id) from (
              select patient_id from claim where patient_control_number = 'GO-6061'
              union all
              select patient_id from claim_payment
              where patient_control_number = 'GO-6061') each""");
    long since = practices.endOfRecord(books.practice);
    assertThat(program.get("/fhir/Account/" + moss).statusCode()).isEqualTo(200);
    assertThat(practices.recorded(books.practice, since))
        .hasSize((int) treated)
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("VIEW");
              assertThat(row.subject()).isEqualTo("Account");
              assertThat(row.subjectId()).isEqualTo(moss);
              assertThat(row.patient()).isNotNull();
            });
    since = practices.endOfRecord(books.practice);
    found("name=hazel");
    List<Recorded> rows = practices.recorded(books.practice, since);
    assertThat(rows)
        .hasSize((int) treated)
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("QUERY");
              assertThat(row.query()).asString().isEqualTo("name=hazel");
            });
  }

  @Test
  void neitherAnotherPracticeNorAnotherScopeSeesAnAccount() {
    String moss = one("identifier=GO-6061").getIdElement().getIdPart();
    UUID others = users.practice("Mossbank");
    TestApi other = users.api(others, "system/*.rs");
    assertThat(other.get("/fhir/Account/" + moss).statusCode()).isEqualTo(404);
    for (String search : List.of("", "_id=" + moss, "name=hazel", "identifier=GO-6061")) {
      assertThat(other.get("/fhir/Account?" + search).body()).doesNotContain("\"entry\"");
    }
    assertThat(practices.recorded(others, 0)).anyMatch(row -> row.outcome() == 8);
    TestApi without = users.api(books.practice, "system/Patient.rs", "system/Account.s");
    long since = practices.endOfRecord(books.practice);
    assertThat(without.get("/fhir/Account/" + moss).statusCode()).isEqualTo(403);
    assertThat(practices.recorded(books.practice, since))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).isEqualTo(8));
    assertThat(without.get("/fhir/Account?_id=" + moss).statusCode()).isEqualTo(200);
    TestSession poster = users.signedIn(books.practice, Role.POSTER);
    assertThat(poster.get("/fhir/Account/" + moss).statusCode()).isEqualTo(200);
    TestSession collector = users.signedIn(books.practice, Role.COLLECTOR);
    assertThat(collector.get("/fhir/Account/" + moss).statusCode()).isEqualTo(403);
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    bundle("/fhir/Account?_include=*&_count=1");
    int before = StatementCount.now();
    bundle("/fhir/Account?_include=*&_count=1");
    int forFew = StatementCount.now() - before;
    before = StatementCount.now();
    bundle("/fhir/Account?_include=*&_count=50");
    // the first page of several keeps its search
    assertThat(StatementCount.now() - before).isLessThan(forFew);
  }
}
