package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * All that a statement says, in its reader's order; kept as JSON. Texts are not in it: they are
 * looked up by code and language when it is rendered.
 *
 * @param number as patients are told it
 * @param account number of the account
 * @param code what the patient types to see and pay the bill
 * @param owed for all visits, less the credit
 * @param credit of the patient that is on no visit
 * @param since what changed since the last statement; null on the first
 * @param visits that something is owed for
 * @param waiting visits of which nothing is owed now
 */
record Content(
    long number,
    long account,
    Language language,
    Stage stage,
    LocalDate issued,
    LocalDate due,
    Policy.Letterhead letterhead,
    Policy.Help help,
    @Nullable String payPage,
    Addressee addressee,
    String patient,
    String code,
    Money owed,
    Money credit,
    @Nullable Since since,
    List<BilledVisit> visits,
    List<Waiting> waiting) {

  /**
   * Who gets it.
   *
   * @param guardian whether it is whoever has the care of this child; null on statements of before
   *     that was told apart
   */
  record Addressee(
      String name, List<String> address, @Nullable String state, @Nullable Boolean guardian) {

    public boolean isGuardian() {
      return Boolean.TRUE.equals(guardian);
    }
  }

  /**
   * From the last statement to this one: {@code before + decided - paid - forgiven - givenUp -
   * aside = owed}.
   *
   * @param issued of the last one
   * @param decided what insurers left to the patient since
   * @param aside for visits that are not asked for any more, or not yet again
   * @param givenUp bad debt; null on statements of before that was told apart
   */
  record Since(
      LocalDate issued,
      Money before,
      Money decided,
      Money paid,
      Money forgiven,
      Money aside,
      @Nullable Money givenUp) {

    public Money unbilled() {
      return givenUp == null ? Money.ZERO : givenUp;
    }
  }

  /**
   * A visit as one picture: {@code charged = discount + insurers + shares} and {@code shares - paid
   * - forgiven - givenUp = owed}.
   *
   * @param eobs the insurers' decisions behind it (ExplanationOfBenefit)
   * @param member the patient's number with the insurer that decided last
   */
  record BilledVisit(
      UUID claim,
      String control,
      LocalDate from,
      @Nullable LocalDate until,
      @Nullable String provider,
      Figure charged,
      Figure discount,
      List<Insurer> insurers,
      List<Share> shares,
      Figure paid,
      Figure forgiven,
      Money owed,
      List<Service> services,
      List<String> remarks,
      List<UUID> eobs,
      @Nullable String member,
      @Nullable Figure givenUp) {

    /** Bad debt; statements of before that was told apart have none. */
    public Figure unbilled() {
      return givenUp == null ? Figure.NONE : givenUp;
    }

    /** What the insurers agreed to as the price. */
    Money agreed() {
      return charged.amount().minus(discount.amount());
    }
  }

  /** What an insurer paid, zero too, and when it decided. */
  record Insurer(String name, LocalDate day, Figure paid) {}

  /**
   * What is the patient's, for one reason.
   *
   * @param code group and reason, such as {@code PR-1}
   */
  record Share(String code, Figure amount) {}

  /**
   * A line of a visit.
   *
   * @param line its number in the claim (LX01); null for what is of the visit as a whole
   * @param items of the insurers' decisions behind it
   * @param entries numbers of the journal's entries that its amounts are the sums of
   */
  record Service(
      @Nullable Integer line,
      LocalDate day,
      @Nullable String list,
      @Nullable String code,
      @Nullable String revenueCode,
      Money charged,
      Money discount,
      Money insurers,
      Money share,
      List<String> codes,
      List<EobItem> items,
      List<Long> entries) {}

  /** A visit that is with an insurer, or that somebody looks into. */
  record Waiting(LocalDate from, @Nullable String provider, Money charged, String why) {}
}
