package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.PostedLines;
import org.openrcm.web.Csv;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The trial balance, the lines of each account, and each entry. */
@Controller
class LedgerPages {
  private static final int ROWS = 50;

  private final LedgerFigures figures;
  private final LedgerList list;
  private final EntryPage.Reader entries;

  LedgerPages(LedgerFigures figures, LedgerList list, EntryPage.Reader entries) {
    this.figures = figures;
    this.list = list;
    this.entries = entries;
  }

  @GetMapping("/ledger")
  String ledger(
      @RequestParam(defaultValue = "") String asOf, HttpServletResponse response, Model model) {
    String moment = Sent.text(asOf);
    boolean readable = moment.isEmpty() || PostingTime.end(moment) != null;
    if (!readable) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("asOf", moment);
    model.addAttribute("troubles", readable ? Map.of() : Map.of("asOf", PostingTime.TROUBLE));
    model.addAttribute(
        "figures", figures.read(readable && !moment.isEmpty() ? PostingTime.end(moment) : null));
    return "posting/ledger";
  }

  /** The account of an address; empty when there is none. */
  static Optional<AccountKind> account(String slug) {
    return Arrays.stream(AccountKind.values()).filter(each -> each.slug().equals(slug)).findAny();
  }

  private static LedgerFilter filter(String slug, Map<String, String> sent) {
    return LedgerFilter.of(
        account(slug).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)), sent);
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  @GetMapping("/ledger/{account}")
  String account(
      @PathVariable String account,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    LedgerFilter filter = filter(account, sent);
    Map<String, String> troubles = filter.troubles();
    model.addAttribute("filter", filter);
    model.addAttribute("troubles", troubles);
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    } else if (filter.isOfReferences()) {
      model.addAttribute("references", list.references(filter, query(request), ROWS));
    } else {
      model.addAttribute("found", list.lines(filter, query(request), ROWS));
    }
    return "posting/ledger-account";
  }

  @GetMapping("/ledger/{account}/lines.csv")
  void csv(
      @PathVariable String account,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LedgerFilter filter = filter(account, sent);
    if (!filter.troubles().isEmpty()) {
      response.sendError(HttpStatus.BAD_REQUEST.value());
      return;
    }
    Csv csv = Csv.download(response, filter.account().slug() + ".csv");
    if (filter.isOfReferences()) {
      csv.line("reference", "lines", "balance");
      list.copyReferences(filter, query(request), row -> line(csv, row));
    } else {
      csv.line(
          "posted",
          "entry",
          "line",
          "document",
          "check_number",
          "claim_number",
          "detail",
          "reference",
          "day",
          "amount",
          "file",
          "transaction_set",
          "segment");
      list.copy(filter, query(request), row -> line(csv, row));
    }
  }

  private static void line(Csv csv, PostedLines.OfReference row) {
    try {
      csv.line(row.reference(), row.lines(), row.balance().toDecimal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(Csv csv, LedgerLine row) {
    PostedLine posted = row.posted();
    Line.At at = posted.line().at();
    @Nullable Origin origin = row.origin();
    try {
      csv.line(
          posted.batch().postedAt(),
          posted.entry(),
          posted.place(),
          origin == null ? null : origin.words(),
          origin == null || origin.check() == null ? null : origin.check().trace(),
          row.claim() == null ? null : row.claim().control(),
          row.detail(),
          at.reference(),
          posted.day(),
          posted.line().amount().toDecimal(),
          origin == null ? null : origin.fileName(),
          origin == null ? null : origin.transactionSet(),
          at.segment());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GetMapping("/ledger/entries/{number}")
  String entry(@PathVariable String number, Model model) {
    model.addAttribute("page", entries.read(NoSuchEntry.number(number)));
    return "posting/ledger-entry";
  }
}
