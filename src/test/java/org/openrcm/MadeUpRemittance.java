package org.openrcm;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/** A long 835 of our own that balances: claims of one line each, then provider adjustments. */
public final class MadeUpRemittance {
  private static final int HEADER_SEGMENTS = 9;
  private static final int CLAIM_SEGMENTS = 6;

  private MadeUpRemittance() {}

  /** What the claim of this number was paid. */
  static BigDecimal paid(int claim) {
    return BigDecimal.valueOf(5000 + claim % 997L, 2);
  }

  /** BPR02: all claims, and 1.25 taken back for each provider adjustment. */
  static BigDecimal payment(int claims, int adjustments) {
    BigDecimal sum = new BigDecimal("-1.25").multiply(BigDecimal.valueOf(adjustments));
    for (int claim = 1; claim <= claims; claim++) {
      sum = sum.add(paid(claim));
    }
    return sum;
  }

  public static Path write(Path folder, int claims, int adjustments) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260313*0615*^*00501\
        *000001001*0*P*:~
        GS*HP*BFERN*LARKMOOR*20260313*0615*1001*X*005010X221A1~
        ST*835*0001~
        BPR*I*%s*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313~
        TRN*1*BF2603130001*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N3*100 HERON WAY~
        N4*MILLHOLT*OH*439990001~
        PER*BL*ERA DESK*TE*8005550101~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        LX*1~
        """
            .formatted(payment(claims, adjustments).toPlainString()));
    for (int claim = 1; claim <= claims; claim++) {
      claim(text, claim);
    }
    for (int adjustment = 1; adjustment <= adjustments; adjustment++) {
      text.append("PLB*2400102010*20261231*WO:OLD-").append(adjustment).append("*1.25~\n");
    }
    int segments = HEADER_SEGMENTS + claims * CLAIM_SEGMENTS + adjustments + 1;
    text.append("SE*").append(segments).append("*0001~\nGE*1*1001~\nIEA*1*000001001~\n");
    return Files.writeString(folder.resolve("long-" + claims + ".835"), text);
  }

  private static void claim(StringBuilder text, int claim) {
    String paid = paid(claim).toPlainString();
    String charged = paid(claim).add(new BigDecimal("20.5")).toPlainString();
    text.append("CLP*LFP-%1$d*1*%2$s*%3$s**12*BF%1$d*11*1~\n".formatted(claim, charged, paid));
    text.append("NM1*QC*1*QUILLBY*TANSY****MI*BFH%d~\n".formatted(claim % 400));
    text.append("SVC*HC:99213*%s*%s**1~\n".formatted(charged, paid));
    text.append("DTM*472*20260224~\nCAS*CO*45*20.5~\n");
    text.append("REF*6R*%dL1~\n".formatted(claim));
  }
}
