package org.openrcm;

/** An 837P of made-up claims, a patient each. */
public final class MadeUpClaims {
  private MadeUpClaims() {}

  /** Claims {@code name-1}, {@code name-2} ... of 120.00 each. */
  public static String of(String name, int count) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260301*0615*^*00501\
        *000000301*0*P*:~
        GS*HC*LARKMOOR*BFERN*20260301*0615*301*X*005010X222A1~
        ST*837*0001*005010X222A1~
        BHT*0019*00*%1$s*20260301*0615*CH~
        NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220~
        PER*IC*WREN ASHDOWN*TE*5550100100~
        NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110~
        HL*1**20*1~
        NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010~
        N3*9 HERON WAY~
        N4*LARKMOOR*VT*059990001~
        REF*EI*990000220~
        """
            .formatted(name));
    for (int i = 1; i <= count; i++) {
      text.append(
          """
          HL*%1$d*1*22*0~
          SBR*P*18*******CI~
          NM1*IL*1*QUILLBY*TANSY*%2$s***MI*BFH%2$s%3$d~
          N3*1 MILL LANE~
          N4*LARKMOOR*VT*059990001~
          DMG*D8*19800101*F~
          NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110~
          CLM*%2$s-%3$d*120***11:B:1*Y*A*Y*Y~
          HI*ABK:J069~
          LX*1~
          SV1*HC:99213*120*UN*1***1~
          DTP*472*D8*20260224~
          REF*6R*%2$s-%3$d-1~
          """
              .formatted(i + 1, name, i));
    }
    return text.append("SE*%d*0001~\nGE*1*301~\nIEA*1*000000301~\n".formatted(11 + 13 * count))
        .toString();
  }
}
