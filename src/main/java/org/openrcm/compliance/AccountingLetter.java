package org.openrcm.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portraits;
import org.openrcm.audit.Action;
import org.openrcm.statement.Language;
import org.openrcm.statement.Stationery;
import org.openrcm.statement.Written;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes to a patient the accounting that was given to them (45 CFR 164.528(b)), as a PDF. */
@Component
class AccountingLetter {
  private final Disclosures disclosures;
  private final Portraits portraits;
  private final Stationery stationery;

  AccountingLetter(Disclosures disclosures, Portraits portraits, Stationery stationery) {
    this.disclosures = disclosures;
    this.portraits = portraits;
    this.stationery = stationery;
  }

  /** The same accounting gives the same bytes; null while the practice has no letterhead. */
  @Transactional
  public byte @Nullable [] print(long account, UUID request) {
    AccountingRequest one = disclosures.given(account, request, Action.PRINT);
    if (!stationery.isComplete()) {
      return null;
    }
    return stationery
        .print(
            new Stationery.Written(
                Objects.requireNonNull(portraits.of(Set.of(account)).get(account)),
                one.number(),
                Objects.requireNonNull(one.givenOn()),
                Language.EN,
                "Whom we told about you, and what",
                said(one),
                one.accounting().rows().isEmpty() ? null : table(one.accounting())))
        .pdf();
  }

  private static List<String> said(AccountingRequest one) {
    Written write = new Written(Language.EN);
    Accounting given = one.accounting();
    List<String> said = new ArrayList<>();
    said.add(
        "On %s you asked us for an accounting of disclosures. This is what we told others of you from %s to %s."
            .formatted(
                write.day(one.askedOn()), write.day(given.from()), write.day(given.until())));
    said.add(
        "It does not list what we told others for your treatment, to be paid, or to run our office;"
            + " what we told you, or others with your written permission; and a few more kinds that"
            + " the law leaves out (45 CFR 164.528).");
    if (given.rows().isEmpty()) {
      said.add("There was nothing that has to be listed.");
    }
    return said;
  }

  private static Stationery.Table table(Accounting given) {
    Written write = new Written(Language.EN);
    List<List<String>> rows = new ArrayList<>();
    for (Accounting.Row row : given.rows()) {
      String when = write.day(row.madeOn());
      rows.add(
          List.of(
              row.times() == 1
                  ? when
                  : "%s, then on to %s: %d times"
                      .formatted(when, write.day(row.last()), row.times()),
              row.address().isEmpty() ? row.recipient() : row.recipient() + ", " + row.address(),
              row.description(),
              row.reason().isEmpty() ? row.purpose() : row.purpose() + ": " + row.reason()));
    }
    return new Stationery.Table(List.of("When", "To whom", "What", "What for"), rows);
  }
}
