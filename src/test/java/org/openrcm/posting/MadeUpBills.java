package org.openrcm.posting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An 837P with claims of one line each, in an interchange of its own; amounts in cents. */
final class MadeUpBills {
  private static final String HEAD =
      """
      ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260301*0615*^*00501\
      *%1$09d*0*P*:~
      GS*HC*LARKMOOR*BFERN*20260301*0615*%1$d*X*005010X222A1~
      """;

  /**
   * A claim.
   *
   * @param frequency CLM05-3: 1 for a claim, 7 for one that replaces another, 8 for one that takes
   *     it back
   * @param second whether another payer comes after this one
   */
  record Claim(String number, long charged, String frequency, boolean second) {
    static Claim of(String number, long charged) {
      return new Claim(number, charged, "1", false);
    }

    private void segments(int level, List<String> set) {
      String member = member(number);
      set.add("HL*%d*1*22*0".formatted(level));
      set.add("SBR*P*18*******CI");
      set.add("NM1*IL*1*QUILLBY*TANSY****MI*" + member);
      set.add("N3*1 MILL LANE");
      set.add("N4*LARKMOOR*VT*059990001");
      set.add("DMG*D8*19800101*F");
      set.add("NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110");
      set.add(
          "CLM*%s*%s***11:B:%s*Y*A*Y*Y".formatted(number, MadeUpCheck.amount(charged), frequency));
      if (!frequency.equals("1")) {
        set.add("REF*F8*BF" + number);
      }
      set.add("HI*ABK:J069");
      if (second) {
        set.add("SBR*S*18*******CI");
        set.add("OI***Y***Y");
        set.add("NM1*IL*1*QUILLBY*TANSY****MI*S" + member);
        set.add("NM1*PR*2*SALTMARSH BENEFIT TRUST*****PI*SALTM");
      }
      set.add("LX*1");
      set.add("SV1*HC:99213*%s*UN*1***1".formatted(MadeUpCheck.amount(charged)));
      set.add("DTP*472*D8*20260224");
      set.add("REF*6R*%s-1".formatted(number));
    }
  }

  private MadeUpBills() {}

  /** The member number of who a claim is for. */
  static String member(String number) {
    return "BFH" + number.replaceAll("[^A-Z0-9]", "");
  }

  static byte[] file(int control, List<Claim> claims) {
    List<String> set = new ArrayList<>();
    set.add("ST*837*0001*005010X222A1");
    set.add("BHT*0019*00*B%d*20260301*0615*CH".formatted(control));
    set.add("NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220");
    set.add("PER*IC*WREN ASHDOWN*TE*5550100100");
    set.add("NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110");
    set.add("HL*1**20*1");
    set.add("NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010");
    set.add("N3*9 HERON WAY");
    set.add("N4*LARKMOOR*VT*059990001");
    set.add("REF*EI*990000220");
    for (int i = 0; i < claims.size(); i++) {
      claims.get(i).segments(i + 2, set);
    }
    set.add("SE*%d*0001".formatted(set.size() + 1));
    String text =
        HEAD.formatted(control)
            + String.join("~\n", set)
            + "~\nGE*1*%1$d~\nIEA*1*%1$09d~\n".formatted(control);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] file(int control, Claim... claims) {
    return file(control, List.of(claims));
  }
}
