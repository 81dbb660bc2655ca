package org.openrcm.posting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.openrcm.posting.MadeUpBills.Claim;
import org.openrcm.posting.MadeUpCheck.Cas;
import org.openrcm.posting.MadeUpCheck.Decision;
import org.openrcm.posting.MadeUpCheck.Plb;

/**
 * Bills of a dozen claims and checks for them as no payer would send them: split, corrected, taken
 * back once, twice or in part, for claims that nobody billed, off by some cents, under two file
 * names. Each is a pure function of its seed.
 */
final class MadeUpMail {
  private static final String[] PAYERS = {MadeUpCheck.PAYER, "1890000202", "1890000303"};
  private static final String[] UNDECIDED = {"4", "23", "25"};
  private static final String[] CODES = {
    "CO-45", "CO-97", "CO-29", "PR-1", "PR-3", "PI-50", "OA-23", "OA-18", "CO-225"
  };
  private static final String[] PLBS = {"L6:INT", "CS:ADJ", "72:REFUND", "FB:BALANCE"};
  private static final int DAYS = 20;
  private static final int FILES = 3;

  private final Random random;
  private final String prefix;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Decision> decided = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private int control;

  /** A file, under the name that it comes by. */
  record Letter(String name, byte[] bytes) {}

  private MadeUpMail(long seed, String prefix, int control) {
    this.random = new Random(seed);
    this.prefix = prefix;
    this.control = control;
  }

  /**
   * Makes up some files.
   *
   * @param prefix of all claim and check numbers, in capitals
   * @param control the first interchange control number; takes up to a hundred
   */
  static List<Letter> of(long seed, String prefix, int control) {
    MadeUpMail mail = new MadeUpMail(seed, prefix, control);
    mail.bill();
    int checks = 3 + mail.random.nextInt(6);
    for (int i = 1; i <= checks; i++) {
      mail.pay(prefix + "T" + i);
    }
    return List.copyOf(mail.letters);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String any(String... of) {
    return of[random.nextInt(of.length)];
  }

  private void bill() {
    List<List<Claim>> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(new ArrayList<>());
    }
    int count = 6 + random.nextInt(7);
    for (int i = 1; i <= count; i++) {
      Claim claim = new Claim(prefix + i, 5_000L + random.nextInt(40_000), "1", chance(25));
      claims.add(claim);
      if (chance(85)) {
        int file = random.nextInt(FILES);
        files.get(file).add(claim);
        if (chance(15) && file + 1 < FILES) {
          long charged = claim.charged() + (chance(50) ? 0 : 1_000);
          files
              .get(file + 1)
              .add(new Claim(claim.number(), charged, chance(70) ? "7" : "8", claim.second()));
        }
      }
    }
    for (List<Claim> file : files) {
      if (!file.isEmpty()) {
        letters.add(new Letter("bills-" + ++control + ".837", MadeUpBills.file(control, file)));
      }
    }
  }

  private void pay(String trace) {
    List<Decision> decisions = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      decisions.add(decision());
    }
    List<Plb> adjustments = new ArrayList<>();
    while (adjustments.size() < 2 && chance(40)) {
      long cents = 100L + random.nextInt(5_000);
      String what = chance(60) ? "WO:BF" + any(claims).number() : any(PLBS);
      adjustments.add(new Plb(what, chance(60) ? cents : -cents));
    }
    MadeUpCheck check =
        MadeUpCheck.of(trace, ++control, decisions.toArray(Decision[]::new))
            .with(adjustments.toArray(Plb[]::new))
            .by(any(PAYERS))
            .later(random.nextInt(DAYS));
    if (chance(10)) {
      check = check.saying(check.sum() + random.nextInt(200) - 100);
    }
    Letter last = letters.get(letters.size() - 1);
    if (last.name().startsWith("remit-") && chance(30)) {
      letters.set(letters.size() - 1, new Letter(last.name(), joined(last.bytes(), check.bytes())));
    } else {
      letters.add(new Letter("remit-" + control + ".835", check.bytes()));
    }
    if (chance(15)) {
      letters.add(new Letter("again-" + ++control + ".835", check.again(control).bytes()));
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private Decision decision() {
    int kind = random.nextInt(100);
    if (kind < 20 && !decided.isEmpty()) {
      Decision back = any(decided).reversed();
      return kind < 16 ? back : back.paying(back.paid() + 1);
    }
    Claim claim = any(claims);
    if (kind < 28) {
      return Decision.of(claim.number(), any(UNDECIDED), claim.charged(), share(claim.charged()));
    }
    long charged =
        kind < 36 ? claim.charged() / 2 : kind < 40 ? claim.charged() + 1 : claim.charged();
    Decision decision = decision(claim.number(), any("1", "1", "1", "1", "2", "3", "19"), charged);
    decided.add(decision);
    return kind < 43 ? decision.paying(decision.paid() + 2) : decision;
  }

  private Decision decision(String claim, String status, long charged) {
    List<Cas> adjustments = new ArrayList<>();
    long left = charged;
    while (adjustments.size() < 4 && chance(70)) {
      Cas cas = chance(90) ? share(left) : new Cas(any(CODES), -1_000);
      adjustments.add(cas);
      left -= cas.cents();
    }
    return Decision.of(claim, status, charged, adjustments.toArray(Cas[]::new));
  }

  private Cas share(long of) {
    return new Cas(any(CODES), chance(10) ? of : random.nextLong(of + 1));
  }
}
