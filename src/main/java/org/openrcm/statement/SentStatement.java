package org.openrcm.statement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A statement as it was sent, for those who hand it on: what it says, without the code by which its
 * patient gets at it.
 *
 * @param id by which it is found
 * @param number as patients are told it
 * @param account the id of the account
 * @param patient the name of whom the visits are of
 * @param owed for all visits, less the credit
 * @param credit of the patient that is on no visit
 * @param since what changed since the statement before; null on the first
 */
public record SentStatement(
    UUID id,
    long number,
    UUID account,
    Instant issuedAt,
    LocalDate issued,
    LocalDate due,
    Stage stage,
    Language language,
    Pdf pdf,
    Party issuer,
    Party addressee,
    String patient,
    Money owed,
    Money credit,
    @Nullable Since since,
    List<Visit> visits) {

  /**
   * Its paper.
   *
   * @param sha256 in hexadecimal
   * @param size in bytes
   */
  public record Pdf(String sha256, int size, int pages) {}

  /**
   * Whoever sends or gets it.
   *
   * @param address in lines as on an envelope
   * @param guardian whether it is whoever has the care of this child
   */
  public record Party(
      String name,
      List<String> address,
      @Nullable String phone,
      @Nullable String email,
      boolean guardian) {}

  /**
   * As {@link Content.Since}: {@code before + decided - paid - forgiven - aside - givenUp = owed}.
   */
  public record Since(
      LocalDate issued,
      Money before,
      Money decided,
      Money paid,
      Money forgiven,
      Money aside,
      Money givenUp) {}

  /**
   * A visit that is asked for: {@code charged = discount + insurers + share} and {@code share -
   * paid - forgiven - givenUp = owed}; its lines add up to the first of them.
   *
   * @param claim id of the claim that it is
   * @param control its number (CLM01)
   * @param eobs ids of the insurers' decisions that it is by
   * @param entries numbers of the journal's entries that its figures are the sums of
   */
  public record Visit(
      UUID claim,
      String control,
      LocalDate from,
      @Nullable LocalDate until,
      List<Line> lines,
      Money paid,
      Money forgiven,
      Money givenUp,
      Money owed,
      List<UUID> eobs,
      List<Long> entries) {}

  /**
   * A service of a visit: {@code charged = discount + insurers + share}.
   *
   * @param number of the line in its claim (LX01); null for what is of the visit as a whole
   * @param items of the insurers' decisions behind it
   * @param entries numbers of the journal's entries that its amounts are the sums of
   */
  public record Line(
      @Nullable Integer number,
      LocalDate day,
      @Nullable String list,
      @Nullable String code,
      @Nullable String revenueCode,
      Money charged,
      Money discount,
      Money insurers,
      Money share,
      List<EobItem> items,
      List<Long> entries) {}

  static SentStatement of(UUID id, UUID account, Instant issuedAt, Pdf pdf, Content said) {
    Policy.Letterhead letterhead = said.letterhead();
    return new SentStatement(
        id,
        said.number(),
        account,
        issuedAt,
        said.issued(),
        said.due(),
        said.stage(),
        said.language(),
        pdf,
        new Party(
            letterhead.name(), letterhead.address(), letterhead.phone(), letterhead.email(), false),
        new Party(
            said.addressee().name(),
            said.addressee().address(),
            null,
            null,
            said.addressee().isGuardian()),
        said.patient(),
        said.owed(),
        said.credit(),
        since(said.since()),
        said.visits().stream().map(SentStatement::visit).toList());
  }

  private static @Nullable Since since(Content.@Nullable Since said) {
    return said == null
        ? null
        : new Since(
            said.issued(),
            said.before(),
            said.decided(),
            said.paid(),
            said.forgiven(),
            said.aside(),
            said.unbilled());
  }

  private static Visit visit(Content.BilledVisit said) {
    List<Long> entries =
        Stream.of(
                Stream.of(
                    said.charged(), said.discount(), said.paid(), said.forgiven(), said.unbilled()),
                said.insurers().stream().map(Content.Insurer::paid),
                said.shares().stream().map(Content.Share::amount))
            .flatMap(figures -> figures)
            .flatMap(figure -> figure.entries().stream())
            .distinct()
            .sorted()
            .toList();
    return new Visit(
        said.claim(),
        said.control(),
        said.from(),
        said.until(),
        said.services().stream().map(SentStatement::line).toList(),
        said.paid().amount(),
        said.forgiven().amount(),
        said.unbilled().amount(),
        said.owed(),
        said.eobs(),
        entries);
  }

  private static Line line(Content.Service said) {
    return new Line(
        said.line(),
        said.day(),
        said.list(),
        said.code(),
        said.revenueCode(),
        said.charged(),
        said.discount(),
        said.insurers(),
        said.share(),
        said.items(),
        said.entries());
  }
}
