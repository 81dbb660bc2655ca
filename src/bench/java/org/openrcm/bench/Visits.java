package org.openrcm.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up visits with two services each, as one practice bills them and one payer pays them: of 240
 * dollars 144 by the payer, 36 by the patient.
 *
 * @param people how many patients there are: a visit is of the next of them, in turn
 */
public record Visits(int people) {

  /** The 837 of visits of these numbers. */
  public byte[] claims(int from, int until) {
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*837*0001*005010X222A1",
            "BHT*0019*00*B" + from + "*20260302*0615*CH",
            "NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220",
            "PER*IC*WREN ASHDOWN*TE*5550100100",
            "NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110",
            "HL*1**20*1",
            "NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010",
            "N3*9 HERON WAY",
            "N4*LARKMOOR*VT*059990001",
            "REF*EI*990000220"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "HL*" + (i - from + 2) + "*1*22*0",
              "SBR*P*18*******CI",
              "NM1*IL*1*QUILLBY" + person(i) + "*TANSY****MI*BFH" + person(i),
              "N3*" + person(i) + " MILL LANE",
              "N4*LARKMOOR*VT*059990001",
              "DMG*D8*19800101*F",
              "NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110",
              "CLM*VISIT" + i + "*240***11:B:1*Y*A*Y*Y",
              "HI*ABK:J069",
              "NM1*82*1*LIN*DANA****XX*2400102028",
              "LX*1",
              "SV1*HC:99213*180*UN*1***1",
              "DTP*472*D8*20260224",
              "REF*6R*VISIT" + i + "-1",
              "LX*2",
              "SV1*HC:80053*60*UN*1***1",
              "DTP*472*D8*20260224",
              "REF*6R*VISIT" + i + "-2"));
    }
    return interchange("HC", "005010X222A1", from, set);
  }

  /** The 835 of one check for all of them. */
  public byte[] remittance(int from, int until) {
    int count = until - from + 1;
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*835*0001",
            "BPR*I*"
                + 144L * count
                + "*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313",
            "TRN*1*BENCH" + from + "*1890000101",
            "DTM*405*20260313",
            "N1*PR*BLUEFERN HEALTH PLAN",
            "N3*100 HERON WAY",
            "N4*MILLHOLT*OH*439990001",
            "PER*BL*ERA DESK*TE*8005550101",
            "N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010",
            "LX*1"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "CLP*VISIT" + i + "*1*240*144*36*12*BF" + i + "*11*1",
              "NM1*QC*1*QUILLBY" + person(i) + "*TANSY****MI*BFH" + person(i),
              "SVC*HC:99213*180*112**1",
              "DTM*472*20260224",
              "CAS*CO*45*40",
              "CAS*PR*2*28",
              "REF*6R*VISIT" + i + "-1",
              "SVC*HC:80053*60*32**1",
              "DTM*472*20260224",
              "CAS*CO*45*20",
              "CAS*PR*2*8",
              "REF*6R*VISIT" + i + "-2"));
    }
    return interchange("HP", "005010X221A1", from, set);
  }

  private int person(int visit) {
    return (visit - 1) % people + 1;
  }

  private static byte[] interchange(String kind, String guide, int control, List<String> set) {
    String text =
        """
        ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260302*0615*^*00501*%1$09d*0*P*:~
        GS*%2$s*LARKMOOR*BFERN*20260302*0615*%1$d*X*%3$s~
        %4$s~
        SE*%5$d*0001~
        GE*1*%1$d~
        IEA*1*%1$09d~
        """
            .formatted(control, kind, guide, String.join("~\n", set), set.size() + 1);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
