package org.openrcm.posting;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openrcm.posting.MadeUpBills.Claim;
import org.openrcm.posting.MadeUpCheck.Cas;
import org.openrcm.posting.MadeUpCheck.Decision;
import org.openrcm.posting.MadeUpMail.Letter;

/**
 * A patient's visits, and checks for them as payers mostly send them: discount and share, now and
 * then a denial, a correction, a second payer, or no answer yet. A pure function of its seed.
 */
final class PatientMail {
  private static final Charset ASCII = StandardCharsets.US_ASCII;
  private static final int VISITS = 4;
  private static final int CORRECTED_AFTER_DAYS = 25;
  private static final String SECOND_PAYER = "1890000202";

  private final Random random;
  private final String patient;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Decision> first = new ArrayList<>();
  private final List<Decision> second = new ArrayList<>();
  private final List<Decision> corrected = new ArrayList<>();

  private PatientMail(long seed, String patient) {
    this.random = new Random(seed);
    this.patient = patient;
  }

  /**
   * Makes it up.
   *
   * @param control the first of four interchange control numbers
   */
  static List<Letter> of(long seed, String patient, int control) {
    PatientMail mail = new PatientMail(seed, patient);
    int visits = 1 + mail.random.nextInt(VISITS);
    for (int i = 1; i <= visits; i++) {
      mail.visit(patient + "V" + i);
    }
    List<Letter> letters = new ArrayList<>();
    letters.add(mail.letter("bills", ".837", control, MadeUpBills.file(control, mail.claims)));
    mail.check(letters, "ONE", control + 1, mail.first, MadeUpCheck.PAYER, 0);
    mail.check(letters, "TWO", control + 2, mail.second, SECOND_PAYER, 2);
    mail.check(
        letters, "THREE", control + 3, mail.corrected, MadeUpCheck.PAYER, CORRECTED_AFTER_DAYS);
    return letters;
  }

  /** One visit each of so many patients, all of whom owe a share. */
  static List<Letter> crowd(int patients) {
    List<Claim> claims = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    for (int i = 1; i <= patients; i++) {
      Claim claim = Claim.of("CROWD" + i, 20_000L + i);
      claims.add(claim);
      decisions.add(
          Decision.of(
              claim.number(),
              "1",
              claim.charged(),
              new Cas("CO-45", 5_000),
              new Cas("PR-2", 3_000)));
    }
    byte[] check =
        MadeUpCheck.of("CROWD", 2, decisions.toArray(Decision[]::new)).text().getBytes(ASCII);
    return List.of(
        new Letter("crowd.837", eachByName(MadeUpBills.file(1, claims))),
        new Letter("crowd.835", eachByName(check)));
  }

  /** Gives each patient a name that ends in the member number. */
  private static byte[] eachByName(byte[] x12) {
    return new String(x12, ASCII)
        .replaceAll("QUILLBY\\*TANSY(\\*{4}MI\\*BFH(\\w+))", "QUILLBY*TANSY$2$1")
        .getBytes(ASCII);
  }

  private void check(
      List<Letter> letters,
      String trace,
      int control,
      List<Decision> decisions,
      String payer,
      int later) {
    if (!decisions.isEmpty()) {
      MadeUpCheck check =
          MadeUpCheck.of(patient + trace, control, decisions.toArray(Decision[]::new))
              .by(payer)
              .later(later);
      letters.add(letter("remit", ".835", control, check.bytes()));
    }
  }

  /** Everybody has a name of their own, or all would be one patient. */
  private Letter letter(String what, String suffix, int control, byte[] bytes) {
    String text = new String(bytes, ASCII);
    return new Letter(
        what + "-" + patient + "-" + control + suffix,
        text.replace("QUILLBY*TANSY", "QUILLBY*TANSY" + patient).getBytes(ASCII));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void visit(String number) {
    Claim claim = new Claim(number, 5_000L + random.nextInt(40_000), "1", chance(25));
    claims.add(claim);
    if (chance(10)) {
      return;
    }
    Decision decision = decision(claim);
    first.add(decision);
    if (claim.second()) {
      if (chance(85)) {
        second.add(afterThe(decision));
      }
    } else if (chance(25)) {
      corrected.add(decision.reversed());
      if (chance(85)) {
        corrected.add(decision(claim));
      }
    }
  }

  private Decision decision(Claim claim) {
    List<Cas> adjustments = new ArrayList<>();
    long left = claim.charged();
    left -= add(adjustments, "CO-45", random.nextLong(left));
    if (chance(8)) {
      left -= add(adjustments, "CO-29", random.nextLong(left + 1));
    }
    for (String code : List.of("PR-1", "PR-2", "PR-3", "PI-50")) {
      if (chance(code.equals("PI-50") ? 10 : 55)) {
        left -= add(adjustments, code, random.nextLong(left + 1));
      }
    }
    return Decision.of(claim.number(), "1", claim.charged(), adjustments.toArray(Cas[]::new));
  }

  private static long add(List<Cas> adjustments, String code, long cents) {
    if (cents > 0) {
      adjustments.add(new Cas(code, cents));
    }
    return cents;
  }

  /** The second payer takes over what the first left to the patient, or a part of it. */
  private Decision afterThe(Decision before) {
    long share =
        before.adjustments().stream()
            .filter(cas -> cas.code().startsWith("PR-"))
            .mapToLong(Cas::cents)
            .sum();
    List<Cas> adjustments = new ArrayList<>();
    add(adjustments, "OA-23", before.charged() - share);
    add(adjustments, "PR-2", share == 0 ? 0 : random.nextLong(share + 1));
    return Decision.of(before.claim(), "2", before.charged(), adjustments.toArray(Cas[]::new));
  }
}
