package org.openrcm.posting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.web.Slice;

/**
 * What posting a check changes in the books, or has changed.
 *
 * @param state of its posting
 * @param note what is wrong with the check as a whole, in a sentence; null when nothing is
 * @param ofFile how many checks of its file are posted
 */
record Diff(
    StoredRemittance stored,
    String payer,
    @Nullable LocalDate day,
    State state,
    Mode mode,
    @Nullable String note,
    Money difference,
    @Nullable Instant postedAt,
    @Nullable String postedBy,
    Sums sums,
    List<Apart> apart,
    Slice<Row> rows,
    @Nullable Progress progress,
    int ofFile) {

  /** Where a check is on its way into the books. */
  public enum State {
    PREPARING("Being prepared", ""),
    WAITING("Waiting", "attention"),
    HELD("On hold", "attention"),
    POSTING("Being posted", ""),
    POSTED("Posted", "good"),
    UNDOING("Being undone", ""),
    UNDONE("Undone", "neutral");

    private final String label;
    private final String meaning;

    State(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    public String label() {
      return label;
    }

    /** Which of the meanings of colour it has. */
    public String meaning() {
      return meaning;
    }

    /** Whether somebody can post it now. */
    public boolean isPostable() {
      return this == WAITING || this == HELD || this == UNDONE;
    }

    /** Whether something is being done that will end by itself. */
    public boolean isInWork() {
      return this == PREPARING || this == POSTING || this == UNDOING;
    }
  }

  /** How far posting is, in claims. */
  record Progress(int done, int total) {}

  /**
   * What all claims of the check bring.
   *
   * @param applied claims whose payment is applied
   * @param exceptional claims that go to the exceptions list
   */
  record Sums(
      long claims,
      long applied,
      long exceptional,
      long denied,
      long reversals,
      Money paid,
      Money contractual,
      Money refused,
      Money patient,
      Money nextPayer,
      Money unapplied) {}

  /** Money apart from claims: a provider adjustment, with what it does to the payment. */
  record Apart(String code, String words, Money amount, String source) {}

  /**
   * A claim of the check.
   *
   * @param trouble why it is not applied, or null
   * @param claimId of the claim it is for, or null
   * @param notes why something was refused, and what a reversal takes back
   * @param entry the first journal entry for it, null while there is none
   */
  record Row(
      int ordinal,
      String control,
      String patient,
      Money charged,
      Money paid,
      Money contractual,
      Money refused,
      Money patientShare,
      Money nextPayer,
      Money insuranceBefore,
      Money insuranceAfter,
      Money patientBefore,
      Money patientAfter,
      @Nullable Trouble trouble,
      boolean reversal,
      boolean reversed,
      boolean held,
      @Nullable UUID claimId,
      List<Note> notes,
      String source,
      @Nullable Long entry) {

    /** What was agreed to: the charge less what nobody owes and what was refused. */
    public Money allowed() {
      return charged.minus(contractual).minus(refused);
    }

    /** A mark and a word for what becomes of it. */
    public String word() {
      return trouble != null
          ? trouble.label()
          : reversal ? "Takes back" : refused.isZero() ? "Applied" : "Denied";
    }

    public String meaning() {
      return trouble != null || !refused.isZero() ? "wrong" : reversal ? "attention" : "good";
    }

    /** Receivables that change, each as it was and as it becomes. */
    public List<Change> changes() {
      List<Change> changes = new ArrayList<>(2);
      if (!insuranceBefore.equals(insuranceAfter)) {
        changes.add(new Change("Insurer", insuranceBefore, insuranceAfter));
      }
      if (!patientBefore.equals(patientAfter)) {
        changes.add(new Change("Patient", patientBefore, patientAfter));
      }
      return changes;
    }
  }

  /** A receivable of a claim before and after. */
  record Change(String of, Money was, Money becomes) {}

  /** A code and what it means. */
  record Note(String code, String words, Money amount, String source) {}

  public boolean isPosted() {
    return state == State.POSTED || state == State.UNDOING;
  }
}
