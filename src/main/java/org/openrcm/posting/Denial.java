package org.openrcm.posting;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.Wording;

/**
 * What an insurer refused of a claim, or lowered by itself.
 *
 * @param account DENIED_PENDING_REVIEW or PAYER_REDUCTION while nobody has decided on it,
 *     DENIAL_WRITE_OFF once it was given up
 * @param entry the latest that says it, with the place of its line
 * @param code group and reason, such as {@code CO-29}
 * @param decided the day of the check
 * @param reversal whether it stands in a reversal (CLP02 22) that was applied as sent
 * @param segment of the adjustment in its transaction set
 * @param byteOffset of the claim payment
 * @param deadline the last day for an appeal
 * @param writtenOffBy who gave it up, on which day and why; null while it is to be worked
 */
record Denial(
    String account,
    long entry,
    int line,
    long cents,
    String code,
    long remittance,
    int ordinal,
    boolean reversal,
    UUID claim,
    long claimNumber,
    String control,
    UUID patientId,
    @Nullable String patient,
    @Nullable LocalDate service,
    @Nullable Integer serviceLine,
    String payer,
    @Nullable String payerName,
    UUID check,
    String trace,
    LocalDate decided,
    LocalDate deadline,
    UUID file,
    long byteOffset,
    long segment,
    @Nullable String writtenOffBy,
    @Nullable LocalDate writtenOffOn,
    @Nullable String note) {
  private static final CodeList REASONS = CodeList.load("claim-adjustment-reason");
  private static final CodeList STEPS = CodeList.load("denial-next-step");
  private static final String ANY = "ANY";

  /** A denial with the remarks that stand beside it. */
  record Shown(Denial denial, List<Remark> remarks, LocalDate today) {

    /** Negative when the deadline has passed. */
    public long daysLeft() {
      return ChronoUnit.DAYS.between(today, denial.deadline());
    }

    public String left() {
      return Denial.left(daysLeft());
    }

    public String meaning() {
      return Denial.meaning(daysLeft());
    }

    /** Codes of the remarks in a row. */
    public String remarkCodes() {
      return String.join(" ", remarks.stream().map(Remark::code).toList());
    }
  }

  /** A remark code and what it says; null where we have no words. */
  record Remark(String code, @Nullable String words) {}

  /** How long there is, in words. */
  static String left(long days) {
    if (days == 0) {
      return "today";
    }
    String count = Math.abs(days) == 1 ? "1 day" : Math.abs(days) + " days";
    return days < 0 ? count + " ago" : count + " left";
  }

  static String meaning(long days) {
    return days < 0 ? "wrong" : days <= DenialFilter.SOON_DAYS ? "attention" : "neutral";
  }

  /** The reason without its group. */
  static String carc(String code) {
    return code.substring(code.indexOf('-') + 1);
  }

  /** What a code such as {@code CO-29} means. */
  static String words(String code, @Nullable LocalDate day) {
    String carc = carc(code);
    return REASONS
        .words(carc, day)
        .or(() -> REASONS.words(carc, null))
        .orElse("No words for this reason");
  }

  /** What to do about a reason. */
  static String step(String carc, @Nullable LocalDate day) {
    return STEPS.words(carc, day).or(() -> STEPS.words(ANY, day)).orElse("");
  }

  public String words() {
    return words(code, decided);
  }

  public String nextStep() {
    return step(carc(code), decided);
  }

  public String kind() {
    return kind(account);
  }

  /** What it is to be on an account. */
  static String kind(String account) {
    return switch (account) {
      case "PAYER_REDUCTION" -> "Reduced by payer";
      case "DENIAL_WRITE_OFF" -> "Written off";
      default -> "Denied";
    };
  }

  /**
   * By which it is chosen to be written off, or not any more; empty for a reduction, and for what
   * stands in a reversal.
   */
  public String choice() {
    return account.equals("PAYER_REDUCTION") || reversal || cents <= 0
        ? ""
        : new DenialWriteOffs.Chosen(key(), new Refusal(claimNumber, segment, code)).choice();
  }

  /** To tell it from others by ear. */
  public String spoken() {
    return "Choose %s of claim %s%s, $%s"
        .formatted(
            code,
            control,
            serviceLine == null ? "" : ", line " + serviceLine,
            Money.ofCents(cents).toDecimal());
  }

  /** The address of the adjustment in its file. */
  public String source() {
    return Wording.source(file, byteOffset, segment);
  }

  ClaimKey key() {
    return new ClaimKey(remittance, ordinal);
  }
}
