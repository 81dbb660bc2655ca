package org.openrcm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The manager's page: figures with their formulas, and the same rows on page, CSV and XLSX. */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPagesTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;

  private TestBooks books;
  private TestSession manager;

  @BeforeAll
  void books() {
    books = new TestBooks(server);
    for (String story :
        List.of("discount-and-coinsurance", "one-line-denied", "denied-as-too-late")) {
      books.loadCase(story);
    }
    books.postAll();
    TestBills bills = new TestBills(server, books);
    bills.send(bills.account("LFP-6011"));
    books.run(() -> server.getBean(Totals.class).catchUp(() -> {}));
    manager = users.signedIn(books.practice, Role.MANAGER);
  }

  private String page(String path) {
    HttpResponse<String> answer = manager.get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    String html = answer.body();
    return html.substring(html.indexOf("<main"), html.indexOf("</main>"))
        .replaceAll("<[^>]*>", "|")
        .replaceAll("&#39;", "'")
        .replaceAll("\\s+", " ")
        .replaceAll("(\\|\\s*)+", "|");
  }

  private long cents(String query) {
    return books.count(query);
  }

  @Test
  void eachFigureIsShownWithItsFormulaItsNumbersAndItsRows() {
    String page = page("/reports");
    long open = cents("select sum(cents)::bigint from report_open");
    assertThat(page)
        .contains("Owed, by age|" + Words.dollars(open))
        .contains("= " + Words.dollars(open))
        .contains("divided by what was charged on an average day of the last 90")
        .contains("÷ (")
        .contains("decided claims = ")
        .contains("Open claims|")
        .contains("Denied ones|");
    assertThat(manager.get("/reports").body())
        .contains("data-chart=")
        .contains("/reports/open?band=121")
        .contains("/ledger/entries/");
  }

  @Test
  void theDenialRateIsDeniedOfDecided() {
    long decided = cents("select count(*) from report_decision");
    long denied = cents("select count(*) from report_decision where denied_cents > 0");
    assertThat(denied).isPositive();
    assertThat(page("/reports"))
        .contains("%d of %d decided claims = ".formatted(denied, decided))
        .contains(Table.percent(denied, decided) + " %");
  }

  @Test
  void agingIsToldApartByPayerProviderAndMonthAndFromTheFirstStatement() {
    assertThat(page("/reports?by=payer")).contains("By month of service");
    String provider = page("/reports?by=provider");
    assertThat(provider).contains("|Provider|0–30 days|31–60 days|61–90 days|91–120 days|Over 120");
    assertThat(page("/reports?by=month"))
        .contains("|Month of service|0–30 days|")
        .contains("2026|");
    String statement = page("/reports?clock=statement");
    long billed = cents("select sum(cents)::bigint from report_open where billed_on < 'infinity'");
    long patients = cents("select sum(cents)::bigint from report_open where owes = 'PATIENT'");
    assertThat(billed).isPositive();
    assertThat(statement)
        .contains("On no statement yet")
        .contains("Patients " + Words.dollars(patients) + " = ")
        .contains("|" + Words.dollars(billed).substring(1) + "|0.00|0.00|0.00|0.00|");
    assertThat(page("/reports/open?clock=statement&band=0-30"))
        .contains(Words.dollars(billed).substring(1))
        .contains("LFP-6011");
    assertThat(page("/reports/open?clock=statement&band=unbilled")).doesNotContain("LFP-6011");
  }

  @Test
  void agesAreThoseOfTheRowsWhateverTheDay() {
    Aging aging = server.getBean(Aging.class);
    for (String sent : List.of("service", "statement")) {
      ReportFilter filter = ReportFilter.of(Map.of("clock", sent, "by", "provider"));
      String day = filter.clock().column();
      for (LocalDate today = LocalDate.of(2026, 3, 1);
          today.isBefore(LocalDate.of(2027, 5, 1));
          today = today.plusDays(9)) {
        Moment moment = new Moment(1, null, 0, today);
        List<Table.Row> rows = books.ask(() -> aging.read(filter, moment)).table().rows();
        List<Object> sums =
            rows.get(rows.size() - 1).cells().stream().skip(1).map(Table.Cell::value).toList();
        List<Object> expected = new ArrayList<>();
        for (String age :
            List.of(
                "%s < 'infinity' and date '%s' - %s <= 30",
                "%s < 'infinity' and date '%s' - %s between 31 and 60",
                "%s < 'infinity' and date '%s' - %s between 61 and 90",
                "%s < 'infinity' and date '%s' - %s between 91 and 120",
                "%s < 'infinity' and date '%s' - %s > 120",
                "%s = 'infinity' or date '%s' is null",
                "true")) {
          if (filter.clock() == ReportFilter.Clock.STATEMENT || !age.contains("null")) {
            String where = age.formatted(day, today, "least(" + day + ", '9999-01-01')");
            String owes = filter.clock() == ReportFilter.Clock.STATEMENT ? "'PATIENT'" : "owes";
            expected.add(
                Money.ofCents(
                    cents(
                        "select coalesce(sum(cents), 0)::bigint from report_open where (%s) and owes = %s"
                            .formatted(where, owes))));
          }
        }
        assertThat(sums).as("%s, %s", sent, today).isEqualTo(expected);
      }
    }
  }

  @Test
  void rowsBehindAFigureComeToTheFigure() {
    for (String owes : List.of("", "insurer", "patient", "denied")) {
      String csv = manager.get("/reports/open/rows.csv?owes=" + owes).body();
      long sum =
          csv.lines()
              .skip(1)
              .mapToLong(line -> money(line.substring(line.lastIndexOf(',') + 1)))
              .sum();
      assertThat(sum)
          .as(owes)
          .isEqualTo(
              cents(
                  "select coalesce(sum(cents), 0)::bigint from report_open where owes like upper('%"
                      + owes
                      + "%')"));
    }
    assertThat(manager.get("/reports/decisions/rows.csv?denied=yes").body().lines().count() - 1)
        .isEqualTo(cents("select count(*) from report_decision where denied_cents > 0"));
    long charged =
        manager
            .get("/reports/charges/rows.csv")
            .body()
            .lines()
            .skip(1)
            .mapToLong(line -> money(line.substring(line.lastIndexOf(',') + 1)))
            .sum();
    assertThat(charged).isEqualTo(cents("select sum(charged_cents)::bigint from report_claim"));
  }

  private static long money(String decimal) {
    return Math.round(Double.parseDouble(decimal) * 100);
  }

  @Test
  void aListGoesOnWhereThePartBeforeEnded() {
    Reports reports = server.getBean(Reports.class);
    for (String name : List.of("open", "decisions", "claims", "charges")) {
      Listing listing = reports.listing(name);
      List<List<Table.Row>> parts = new ArrayList<>();
      books.run(
          () -> {
            ReportFilter filter = ReportFilter.of(Map.of());
            String next = "";
            while (next != null) {
              Listing.Part part = reports.part(listing, filter.after(next), "", 1);
              parts.add(part.table().rows());
              next = part.next();
            }
            assertThat(parts.stream().flatMap(List::stream).toList())
                .as(name)
                .isEqualTo(reports.part(listing, filter, "", 1000).table().rows())
                .hasSizeGreaterThan(1);
          });
    }
  }

  @Test
  void theSpreadsheetHoldsExactlyWhatIsShown(@TempDir Path folder) throws IOException {
    String csv = manager.get("/reports/open/rows.csv").body();
    Path book = folder.resolve("open.xlsx");
    Files.write(book, manager.getBytes("/reports/open/rows.xlsx").body());
    String sheet = part(book, "xl/worksheets/sheet1.xml");
    String words = part(book, "xl/sharedStrings.xml");
    assertThat(Pattern.compile("<row ").matcher(sheet).results().count())
        .isEqualTo(csv.lines().count());
    for (String cell : csv.lines().skip(1).findFirst().orElseThrow().split(",")) {
      if (cell.matches("-?[0-9]+[.][0-9]{2}")) {
        assertThat(sheet).contains("<v>" + cell.replaceAll("[.]?0+$", ""));
      } else if (cell.contains("LFP")) {
        assertThat(words).contains(cell);
      }
    }
    assertThat(sheet).doesNotContain("<f>");
  }

  private static String part(Path book, String name) throws IOException {
    try (ZipFile zip = new ZipFile(book.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsNotAFilterLeavesNothingOutAndNothingBreaks() {
    long rows = manager.get("/reports/open/rows.csv").body().lines().count();
    for (String query :
        List.of(
            "band=7-9",
            "month=never",
            "owes=everybody",
            "after=x",
            "after=2026-02-30_1_PATIENT_0",
            "after=infinity_1",
            "clock=sundial",
            "by=size")) {
      assertThat(manager.get("/reports?" + query).statusCode()).as(query).isEqualTo(200);
      assertThat(manager.get("/reports/open/rows.csv?" + query).body().lines().count())
          .as(query)
          .isEqualTo(rows);
    }
    assertThat(manager.get("/reports/nothing").statusCode()).isEqualTo(404);
    assertThat(page("/reports/open?payer=NOBODY"))
        .contains("No row fits")
        .contains("Payer: Nobody");
  }

  @Test
  void monthsLeadToTheirRows() {
    String html = manager.get("/reports").body();
    Matcher month = Pattern.compile("/reports/claims\\?month=([0-9-]+)").matcher(html);
    assertThat(month.find()).isTrue();
    YearMonth of = YearMonth.parse(month.group(1));
    assertThat(manager.get("/reports/claims/rows.csv?month=" + of).body().lines().count() - 1)
        .isEqualTo(
            cents(
                "select count(*) from report_claim where date_trunc('month', day) = '"
                    + LocalDate.of(of.getYear(), of.getMonth(), 1)
                    + "'"));
  }

  @Test
  void onlyManagersSeeIt() {
    for (Role role : List.of(Role.POSTER, Role.COLLECTOR, Role.COMPLIANCE, Role.ADMINISTRATOR)) {
      TestSession other = users.signedIn(books.practice, role);
      assertThat(other.get("/reports").statusCode()).as(role.name()).isEqualTo(403);
      assertThat(other.get("/reports/open/rows.csv").statusCode()).isEqualTo(403);
      assertThat(other.get("/").body()).doesNotContain("href=\"/reports\"");
    }
    assertThat(manager.get("/").body()).contains("href=\"/reports\"");
  }

  @Test
  void aPracticeWithoutBooksIsToldWhatWillStandHere() {
    TestSession other = users.signedIn(users.practice("No books"), Role.MANAGER);
    assertThat(other.get("/reports").body()).contains("Nothing to report on yet");
    assertThat(other.get("/reports/open").body()).contains("No row fits");
  }
}
