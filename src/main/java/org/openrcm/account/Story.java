package org.openrcm.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the money of an account, up to a moment.
 *
 * @param steps entries in the order in which they were posted; the last ones where they are many
 * @param earlier how many entries are before these
 * @param owed what came of all of them
 * @param parts of what was charged; empty where they cannot be drawn as parts of it
 */
record Story(List<Step> steps, long earlier, Owed owed, List<Part> parts) {

  /**
   * An entry.
   *
   * @param day of the service or the payment
   * @param posted when, {@code by} whom
   * @param insuranceCents what insurers owe after it
   */
  record Step(
      long entry,
      LocalDate day,
      Instant posted,
      String by,
      List<Move> moves,
      long insuranceCents,
      long patientCents) {}

  /**
   * What an entry does, in words.
   *
   * @param control of the claim, null when it is for none
   * @param reference by which its money is followed, such as a check's number
   */
  record Move(
      @Nullable String control,
      @Nullable UUID claim,
      String words,
      @Nullable String code,
      @Nullable String reference,
      long cents) {}

  /**
   * What is owed, by whom, since when.
   *
   * @param deniedCents refused by insurers, and not given up
   */
  record Owed(
      long insuranceCents,
      @Nullable LocalDate insuranceSince,
      long patientCents,
      @Nullable LocalDate patientSince,
      long deniedCents,
      long chargedCents) {

    /** What there is to do, in a line. */
    public String next() {
      if (patientCents < 0 || insuranceCents < 0) {
        return "Look into the credit: more was paid than was owed";
      }
      if (deniedCents > 0) {
        return "Review what was denied";
      }
      if (insuranceCents > 0) {
        return "Wait for the insurer";
      }
      return patientCents > 0 ? "Bill the patient" : "Nothing is owed";
    }
  }

  /**
   * A part of what was charged.
   *
   * @param from where it begins, {@code width} how wide it is, in thousandths
   * @param colour a custom property of the stylesheet
   */
  record Part(String label, long cents, int from, int width, String colour) {}
}
