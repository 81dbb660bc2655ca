package org.openrcm.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.PostedLines;
import org.openrcm.web.Slice;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was charged in the days that an average day's charges are of, the latest first. */
@Component
class ChargeRows implements Listing {
  private static final Heading HEADING =
      new Heading(
          "charges",
          "What was charged",
          "Charges posted in the last "
              + ReceivableDays.DAYS
              + " days, and charges taken back; the latest first.");

  private final Balances balances;
  private final PostedLines lines;
  private final NamedClaims claims;

  ChargeRows(Balances balances, PostedLines lines, NamedClaims claims) {
    this.balances = balances;
    this.lines = lines;
    this.claims = claims;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    ZoneId zone = ZoneId.systemDefault();
    PostedLines.Wanted wanted =
        new PostedLines.Wanted(
            AccountKind.REVENUE,
            null,
            null,
            balances.point(ReceivableDays.start(moment.today(), zone)),
            balances.point(moment.postedAt()));
    Slice<PostedLine> slice =
        Slice.of(
            lines.list(wanted, key(filter.after()), limit + 1),
            limit,
            line -> line.entry() + "_" + line.place());
    NamedClaims.Found named =
        claims.of(
            slice.rows().stream()
                .map(each -> each.line().at().claim())
                .filter(Objects::nonNull)
                .toList());
    return Part.of(
        slice,
        named.patients(),
        List.of(
            Table.column(
                "Posted",
                each -> Table.Cell.of(LocalDate.ofInstant(each.batch().postedAt(), zone))),
            Table.column(
                "Entry",
                each ->
                    Table.Cell.of(Long.toString(each.entry()))
                        .to("/ledger/entries/" + each.entry())),
            Table.column("Claim", each -> named.claim(each.line().at().claim())),
            Table.column("Patient", each -> named.who(each.line().at().claim())),
            Table.column("Service", each -> Table.Cell.of(each.day())),
            Table.column("Charged", each -> Table.Cell.of(each.line().amount().negated()))));
  }

  private static PostedLines.@Nullable Key key(String after) {
    String[] parts = after.split("_", -1);
    return after.matches("\\d{1,18}_\\d{1,9}")
        ? new PostedLines.Key(Long.parseLong(parts[0]), Integer.parseInt(parts[1]))
        : null;
  }
}
