package org.openrcm.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Made-up 835s that balance: an interchange for each check, and claims of one line each. */
final class Checks {
  private static final int HEADER_SEGMENTS = 9;
  private static final int CLAIM_SEGMENTS = 5;
  private static final BigDecimal PAID = new BigDecimal("71.25");

  private Checks() {}

  /** A file of checks numbered from {@code first} on; no two checks of different numbers equal. */
  static byte[] file(int first, int checks, int claims) {
    StringBuilder text = new StringBuilder();
    for (int check = first; check < first + checks; check++) {
      append(text, check, claims);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void append(StringBuilder text, int check, int claims) {
    BigDecimal total = PAID.multiply(BigDecimal.valueOf(claims));
    text.append(
        """
        ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260313*0615*^*00501\
        *%1$09d*0*P*:~
        GS*HP*BFERN*LARKMOOR*20260313*0615*%1$d*X*005010X221A1~
        ST*835*0001~
        BPR*I*%2$s*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313~
        TRN*1*CHECK%1$d*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N3*100 HERON WAY~
        N4*MILLHOLT*OH*439990001~
        PER*BL*ERA DESK*TE*8005550101~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        LX*1~
        """
            .formatted(check, total.toPlainString()));
    for (int claim = 1; claim <= claims; claim++) {
      text.append("CLP*C%d-%d*1*91.25*71.25**12*BF%1$d%2$d*11*1~\n".formatted(check, claim));
      text.append("NM1*QC*1*QUILLBY*TANSY****MI*BFH%d~\n".formatted(claim % 50));
      text.append("SVC*HC:99213*91.25*71.25**1~\nDTM*472*20260224~\nCAS*CO*45*20~\n");
    }
    int segments = HEADER_SEGMENTS + claims * CLAIM_SEGMENTS + 1;
    text.append("SE*%d*0001~\nGE*1*%d~\nIEA*1*%2$09d~\n".formatted(segments, check));
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
