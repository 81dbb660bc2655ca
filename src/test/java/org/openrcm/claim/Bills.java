package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;

/** Made-up 837s, and what is answered to them, as text. */
final class Bills {
  private static final String SENDER = "LARKMOOR";
  private static final String PAYER = "BFERN";

  private Bills() {}

  /** One claim of two lines, 100.00 and 50.00. */
  record Bill(String control, String frequency, String prior, String family, String given) {
    static Bill of(String control) {
      return new Bill(control, "1", "", "QUILLBY", "TANSY");
    }

    Bill replacing(String payerNumber) {
      return new Bill(control, "7", payerNumber, family, given);
    }

    Bill voiding(String payerNumber) {
      return new Bill(control, "8", payerNumber, family, given);
    }

    Bill of(String otherFamily, String otherGiven) {
      return new Bill(control, frequency, prior, otherFamily, otherGiven);
    }
  }

  private static String interchange(
      String from, String to, String kind, int control, String day, String guide, String sets) {
    return """
        ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*%s*0615*^*00501*%09d*0*T*:~
        GS*%s*%s*%s*%s*0615*%d*X*%s~
        %sGE*1*%d~
        IEA*1*%09d~
        """
        .formatted(
            from,
            to,
            day.substring(2),
            control,
            kind,
            from,
            to,
            day,
            control,
            guide,
            sets,
            control,
            control);
  }

  /** An 837P of one set. */
  static String claims(int control, String day, List<Bill> bills) {
    StringBuilder set = new StringBuilder();
    set.append(
        """
        ST*837*0001*005010X222A1~
        BHT*0019*00*B%1$d*%2$s*0615*CH~
        NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220~
        PER*IC*WREN ASHDOWN*TE*5550100100~
        NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110~
        HL*1**20*1~
        NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010~
        N3*9 HERON WAY~
        N4*LARKMOOR*VT*059990001~
        REF*EI*990000220~
        """
            .formatted(control, day));
    int level = 1;
    for (Bill bill : bills) {
      level++;
      set.append(
          """
          HL*%1$d*1*22*0~
          SBR*P*18*******CI~
          NM1*IL*1*%2$s*%3$s****MI*BFH%4$05d~
          N3*1 MILL LANE~
          N4*LARKMOOR*VT*059990001~
          DMG*D8*19800101*F~
          NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110~
          CLM*%5$s*150***11:B:%6$s*Y*A*Y*Y~
          %7$sHI*ABK:J069~
          LX*1~
          SV1*HC:99213*100*UN*1***1~
          DTP*472*D8*20260224~
          REF*6R*%5$s-1~
          LX*2~
          SV1*HC:87880*50*UN*1***1~
          DTP*472*D8*20260225~
          REF*6R*%5$s-2~
          """
              .formatted(
                  level,
                  bill.family,
                  bill.given,
                  Math.abs((bill.family + bill.given).hashCode()) % 100_000,
                  bill.control,
                  bill.frequency,
                  bill.prior.isEmpty() ? "" : "REF*F8*" + bill.prior + "~\n"));
    }
    long segments = set.chars().filter(c -> c == '~').count() + 1;
    set.append("SE*%d*0001~\n".formatted(segments));
    return interchange(SENDER, PAYER, "HC", control, day, "005010X222A1", set.toString());
  }

  /** Claims of these numbers, of one patient. */
  static String claims(int control, String day, String... controls) {
    List<Bill> bills = new ArrayList<>();
    for (String each : controls) {
      bills.add(Bill.of(each));
    }
    return claims(control, day, bills);
  }

  /** A 999 for the set of an 837. */
  static String answer999(int control, String day, int of, String code) {
    String set =
        """
        ST*999*0001*005010X231A1~
        AK1*HC*%1$d*005010X222A1~
        AK2*837*0001*005010X222A1~
        IK5*%2$s~
        AK9*%2$s*1*1*%3$d~
        SE*6*0001~
        """
            .formatted(of, code, code.equals("R") ? 0 : 1);
    return interchange(PAYER, SENDER, "FA", control, day, "005010X231A1", set);
  }

  /** A 277CA: claim number, payer's number (may be empty) and category by turns. */
  static String status(int control, String day, String batch, String... claims) {
    StringBuilder set = new StringBuilder();
    set.append(
        """
        ST*277*0001*005010X214~
        BHT*0085*08*R%1$d*%2$s*0615*TH~
        HL*1**20*1~
        NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110~
        TRN*1*T%1$d~
        DTP*050*D8*%2$s~
        DTP*009*D8*%2$s~
        HL*2*1*21*1~
        NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220~
        TRN*2*%3$s~
        STC*A1:19:PR*%2$s*WQ*150~
        QTY*90*1~
        AMT*YU*150~
        HL*3*2*19*1~
        NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010~
        TRN*1*0~
        """
            .formatted(control, day, batch));
    for (int i = 0; i < claims.length; i += 3) {
      boolean refused = List.of("A3", "A6", "A7", "A8").contains(claims[i + 2]);
      set.append(
          """
          HL*%1$d*3*PT~
          NM1*QC*1*QUILLBY*TANSY****MI*BFH1~
          TRN*2*%2$s~
          STC*%3$s:19:PR*%4$s*%5$s*150~
          %6$sDTP*472*RD8*20260224-20260225~
          """
              .formatted(
                  4 + i / 3,
                  claims[i],
                  claims[i + 2],
                  day,
                  refused ? "U" : "WQ",
                  claims[i + 1].isEmpty() ? "" : "REF*1K*" + claims[i + 1] + "~\n"));
    }
    long segments = set.chars().filter(c -> c == '~').count() + 1;
    set.append("SE*%d*0001~\n".formatted(segments));
    return interchange(PAYER, SENDER, "HN", control, day, "005010X214", set.toString());
  }

  /** How a claim of 150.00 is decided, as CLP and what follows. */
  static String paid(String control, String payerNumber) {
    return decided(control, payerNumber, "1", 1, 90, 40, 10);
  }

  static String denied(String control, String payerNumber) {
    return """
        CLP*%1$s*1*150*0*0*12*%2$s*11*1~
        NM1*QC*1*QUILLBY*TANSY****MI*BFH1~
        SVC*HC:99213*100*0**1~
        DTM*472*20260224~
        CAS*CO*50*100~
        REF*6R*%1$s-1~
        SVC*HC:87880*50*0**1~
        DTM*472*20260225~
        CAS*CO*50*50~
        REF*6R*%1$s-2~
        """
        .formatted(control, payerNumber);
  }

  /** The first line paid, the second denied. */
  static String partlyPaid(String control, String payerNumber) {
    return """
        CLP*%1$s*1*150*100*0*12*%2$s*11*1~
        NM1*QC*1*QUILLBY*TANSY****MI*BFH1~
        SVC*HC:99213*100*100**1~
        DTM*472*20260224~
        REF*6R*%1$s-1~
        SVC*HC:87880*50*0**1~
        DTM*472*20260225~
        CAS*CO*50*50~
        REF*6R*%1$s-2~
        """
        .formatted(control, payerNumber);
  }

  /** What {@link #paid} said, taken back. */
  static String reversed(String control, String payerNumber) {
    return decided(control, payerNumber, "22", -1, 90, 40, 10);
  }

  private static String decided(
      String control, String number, String status, int sign, int first, int second, int copay) {
    return """
        CLP*%1$s*%3$s*%4$d*%5$d*%6$s*12*%2$s*11*1~
        NM1*QC*1*QUILLBY*TANSY****MI*BFH1~
        SVC*HC:99213*%7$d*%8$d**1~
        DTM*472*20260224~
        CAS*PR*3*%9$d~
        REF*6R*%1$s-1~
        SVC*HC:87880*%10$d*%11$d**1~
        DTM*472*20260225~
        CAS*CO*45*%9$d~
        REF*6R*%1$s-2~
        """
        .formatted(
            control,
            number,
            status,
            sign * 150,
            sign * (first + second),
            sign > 0 ? String.valueOf(copay) : "",
            sign * 100,
            sign * first,
            sign * copay,
            sign * 50,
            sign * second);
  }

  /** An 835 of these decisions; cents are what they come to, in whole dollars. */
  static String remittance(int control, String day, int dollars, String... decisions) {
    StringBuilder set = new StringBuilder();
    set.append(
        """
        ST*835*0001~
        BPR*I*%d*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*%s~
        TRN*1*CHECK%d*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        LX*1~
        """
            .formatted(dollars, day, control));
    for (String decision : decisions) {
      set.append(decision);
    }
    long segments = set.chars().filter(c -> c == '~').count() + 1;
    set.append("SE*%d*0001~\n".formatted(segments));
    return interchange(PAYER, SENDER, "HP", control, day, "005010X221A1", set.toString());
  }
}
