package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SegmentText;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.Source;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The ledger for programs: each amount names its entry, its document, and the segment that says it.
 * Amounts are dollars; debit is positive, credit is negative.
 */
@RestController
class LedgerApi {
  private static final int LINES = 200;

  private final Balances balances;
  private final LedgerList list;
  private final EntryPage.Reader entries;

  LedgerApi(Balances balances, LedgerList list, EntryPage.Reader entries) {
    this.balances = balances;
    this.list = list;
    this.entries = entries;
  }

  /** What an account comes to, and where its lines are read. */
  record AccountAnswer(
      String account, String label, BigDecimal balance, long lines, String source) {}

  /**
   * All accounts.
   *
   * @param entry the last one that counts; 0 when there is none
   * @param postedAt when it was posted
   * @param debit of all accounts together
   * @param credit likewise, without its sign: equal to debit
   */
  record BalancesAnswer(
      long entry,
      @Nullable Instant postedAt,
      BigDecimal debit,
      BigDecimal credit,
      List<AccountAnswer> accounts) {}

  /**
   * What an entry is for.
   *
   * @param claim id of the claim whose charges it is
   * @param remittance id of the check that it stands in
   * @param place of the claim payment or the provider adjustment in its check, from 1
   * @param number of the claim, as the document has it
   */
  record DocumentAnswer(
      Source type,
      @Nullable UUID claim,
      @Nullable UUID remittance,
      int place,
      @Nullable String number,
      @Nullable String checkNumber) {}

  /**
   * A segment in a received file.
   *
   * @param transactionSet ISA13/GS06/ST02
   * @param segment its number in the set, ST being 1
   * @param byteOffset where it begins in the decompressed file; in lists a place in the same set
   *     that it is found from
   * @param text as sent; of entries only
   */
  record SegmentAnswer(
      UUID file, String transactionSet, long segment, long byteOffset, @Nullable String text) {}

  /** A line of an entry. */
  record LineAnswer(
      long entry,
      int line,
      String account,
      BigDecimal amount,
      @Nullable UUID claim,
      @Nullable String claimNumber,
      @Nullable Integer rank,
      @Nullable Integer serviceLine,
      @Nullable String code,
      @Nullable String reference,
      LocalDate day,
      Instant postedAt,
      @Nullable DocumentAnswer document,
      @Nullable SegmentAnswer segment) {}

  /** An entry; {@code entries} are all for the same document, this one among them. */
  record EntryAnswer(
      long number,
      long batch,
      String cause,
      String postedBy,
      Instant postedAt,
      LocalDate day,
      @Nullable DocumentAnswer document,
      List<LineAnswer> lines,
      List<Long> entries) {}

  /**
   * Lines, the latest first.
   *
   * @param count of all that were found
   * @param balance of all that were found
   * @param next to be sent as {@code after}; null when these are the last
   */
  record LinesAnswer(
      long count, BigDecimal balance, List<LineAnswer> lines, @Nullable String next) {}

  @GetMapping("/api/ledger/balances")
  BalancesAnswer balances(@RequestParam(defaultValue = "") String asOf) {
    Instant moment = asOf.isBlank() ? null : PostingTime.end(asOf.strip());
    if (moment == null && !asOf.isBlank()) {
      throw refused(PostingTime.TROUBLE);
    }
    Balances.Trial trial = balances.trial(moment);
    return new BalancesAnswer(
        trial.point().entry(),
        trial.point().postedAt(),
        trial.debit().toDecimal(),
        trial.credit().toDecimal(),
        trial.accounts().stream()
            .map(
                each ->
                    new AccountAnswer(
                        each.account().slug(),
                        each.account().label(),
                        each.balance().toDecimal(),
                        each.lines(),
                        "/api/ledger/lines?account=" + each.account().slug()))
            .toList());
  }

  private static ResponseStatusException refused(String reason) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
  }

  @GetMapping("/api/ledger/entries/{number}")
  EntryAnswer entry(@PathVariable String number) {
    EntryPage page = entries.read(NoSuchEntry.number(number));
    PostedLine.Batch batch = page.batch();
    return new EntryAnswer(
        page.number(),
        batch.number(),
        batch.cause(),
        batch.by(),
        batch.postedAt(),
        page.first().posted().day(),
        document(page.origin()),
        page.lines().stream().map(each -> line(each.line(), each.segment())).toList(),
        page.all().stream().map(EntryPage.Moved::number).toList());
  }

  @GetMapping("/api/ledger/lines")
  LinesAnswer lines(
      @RequestParam(defaultValue = "") String account,
      @RequestParam(defaultValue = "") String claim,
      @RequestParam(defaultValue = "") String reference,
      @RequestParam(defaultValue = "") String after,
      HttpServletRequest request) {
    Map<String, String> sent = Map.of("account", account, "claim", claim, "reference", reference);
    String slug = Sent.value(sent, "account");
    String number = Sent.value(sent, "claim");
    String followed = Sent.value(sent, "reference");
    AccountKind kind = LedgerPages.account(slug).orElse(null);
    if (kind == null && !slug.isEmpty()) {
      throw refused("There is no account of this name.");
    }
    if (kind == null && number.isEmpty() && followed.isEmpty()) {
      throw refused("Send an account, a claim or a reference.");
    }
    LedgerList.Found found =
        list.lines(
            kind,
            number,
            followed,
            LedgerFilter.key(after),
            Objects.requireNonNullElse(request.getQueryString(), ""),
            LINES);
    return new LinesAnswer(
        found.sum().count(),
        found.sum().balance().toDecimal(),
        found.rows().rows().stream().map(line -> line(line, null)).toList(),
        found.rows().next());
  }

  private static LineAnswer line(LedgerLine line, @Nullable SegmentText text) {
    Line.At at = line.at();
    PostedLine posted = line.posted();
    Origin.BilledClaim claim = line.claim();
    return new LineAnswer(
        posted.entry(),
        posted.place(),
        at.account().slug(),
        posted.line().amount().toDecimal(),
        claim == null ? null : claim.id(),
        claim == null ? null : claim.control(),
        at.rank(),
        at.serviceLine(),
        at.code(),
        at.reference(),
        posted.day(),
        posted.batch().postedAt(),
        document(line.origin()),
        segment(line.origin(), at.segment(), text));
  }

  private static @Nullable DocumentAnswer document(@Nullable Origin origin) {
    if (origin == null) {
      return null;
    }
    Origin.Check check = origin.check();
    return new DocumentAnswer(
        origin.document().source(),
        origin.claim(),
        check == null ? null : check.id(),
        origin.document().place(),
        origin.control(),
        check == null ? null : check.trace());
  }

  private static @Nullable SegmentAnswer segment(
      @Nullable Origin origin, long number, @Nullable SegmentText text) {
    return origin == null
        ? null
        : new SegmentAnswer(
            origin.file(),
            origin.transactionSet(),
            number,
            text == null ? origin.byteOffset() : text.byteOffset(),
            text == null ? null : text.text());
  }

  @ExceptionHandler
  ProblemDetail noSuchEntry(NoSuchEntry e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, NoSuchEntry.WORDS);
  }
}
