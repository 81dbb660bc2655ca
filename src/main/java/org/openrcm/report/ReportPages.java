package org.openrcm.report;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Xlsx;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The manager's page, and the rows behind each of its figures. */
@Controller
class ReportPages {
  private static final int ROWS = 50;

  private final Reports reports;
  private final Totals totals;

  ReportPages(Reports reports, Totals totals) {
    this.reports = reports;
    this.totals = totals;
  }

  /** Writes a line of values. */
  private interface Line {
    void of(@Nullable Object... values) throws IOException;
  }

  @GetMapping("/reports")
  String report(@RequestParam Map<String, String> sent, Model model) {
    totals.catchUpSome();
    ReportFilter filter = ReportFilter.of(sent);
    model.addAttribute("filter", filter);
    model.addAttribute("clocks", ReportFilter.Clock.values());
    model.addAttribute("owers", Owes.values());
    model.addAttribute("bys", ReportFilter.By.values());
    model.addAttribute("report", reports.read(filter));
    return "report/report";
  }

  @GetMapping("/reports/{list}")
  String rows(
      @PathVariable String list,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      Model model) {
    Listing listing = listing(list);
    ReportFilter filter = ReportFilter.of(sent);
    totals.catchUpSome();
    model.addAttribute("heading", listing.heading());
    model.addAttribute("filter", filter);
    model.addAttribute("part", reports.part(listing, filter, query(request), ROWS));
    return "report/rows";
  }

  @GetMapping("/reports/{list}/rows.csv")
  void csv(
      @PathVariable String list,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Listing listing = listing(list);
    Csv csv = Csv.download(response, listing.heading().name() + ".csv");
    copy(listing, sent, request, csv::line);
  }

  @GetMapping("/reports/{list}/rows.xlsx")
  void xlsx(
      @PathVariable String list,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Listing listing = listing(list);
    try (Xlsx book = Xlsx.download(response, listing.heading().name() + ".xlsx")) {
      copy(listing, sent, request, book::line);
    }
  }

  private Listing listing(String name) {
    try {
      return reports.listing(name);
    } catch (NoSuchElementException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
    }
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  /** The columns' heads, then all rows. */
  private void copy(
      Listing listing, Map<String, String> sent, HttpServletRequest request, Line to) {
    totals.catchUpSome();
    boolean[] begun = new boolean[1];
    reports.copy(
        listing,
        ReportFilter.of(sent).after(""),
        query(request),
        table -> {
          try {
            if (!begun[0]) {
              to.of(table.columns().toArray());
              begun[0] = true;
            }
            for (Table.Row row : table.rows()) {
              to.of(row.cells().stream().map(ReportPages::value).toArray());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static @Nullable Object value(Table.Cell cell) {
    return cell.value() instanceof Money money ? money.toDecimal() : cell.value();
  }
}
