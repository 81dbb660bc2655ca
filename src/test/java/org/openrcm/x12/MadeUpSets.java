package org.openrcm.x12;

import java.util.List;

/** Small sound transaction sets of each kind that has a mapping, about made-up people. */
final class MadeUpSets {
  static final String PROFESSIONAL =
      of(
          "HC",
          "837",
          "005010X222A1",
          """
          BHT*0019*00*B1*20260105*0910*CH
          NM1*41*2*LARKSPUR BILLING*****46*LARK1
          PER*IC*DANA ROWE*TE*5555550100
          NM1*40*2*MERIDIAN HEALTH*****46*MERID
          HL*1**20*1
          PRV*BI*PXC*207Q00000X
          NM1*85*2*LARKSPUR FAMILY PRACTICE*****XX*1234567893
          N3*12 ORCHARD LANE
          N4*SPRINGFIELD*IL*627010000
          REF*EI*999999991
          HL*2*1*22*0
          SBR*P*18*******CI
          NM1*IL*1*QUILL*MARA****MI*MQ0001
          N3*4 BIRCH COURT
          N4*SPRINGFIELD*IL*62701
          DMG*D8*19800214*F
          NM1*PR*2*MERIDIAN HEALTH*****PI*MERID
          CLM*LFP-1*150***11:B:1*Y*A*Y*Y
          DTP*431*D8*20260101
          REF*G1*AUTH1
          REF*D9*TRACE1
          HI*ABK:J0190*ABF:R51
          NM1*DN*1*VOSS*ELIAS****XX*1987654328
          NM1*82*1*HALE*IRIS****XX*1555555552
          PRV*PE*PXC*207Q00000X
          SBR*S*18*******CI
          AMT*D*20
          OI***Y***Y
          NM1*IL*1*QUILL*MARA****MI*OTHER1
          NM1*PR*2*SECOND HEALTH*****PI*SECON
          LX*1
          SV1*HC:99213:25*100*UN*1***1:2
          DTP*472*D8*20260102
          REF*6R*LINE1
          SVD*SECON*20*HC:99213**1
          CAS*PR*1*80
          DTP*573*D8*20260103
          LX*2
          SV1*HC:J1100*50*UN*2***1
          DTP*472*RD8*20260102-20260103
          LIN**N4*00006494300
          CTP****2*ML
          HL*3*1*22*1
          SBR*P********CI
          NM1*IL*1*TARN*OWEN****MI*OT0002
          NM1*PR*2*MERIDIAN HEALTH*****PI*MERID
          HL*4*3*23*0
          PAT*19
          NM1*QC*1*TARN*LUCA
          N3*9 ELM ROAD
          N4*SPRINGFIELD*IL*62701
          DMG*D8*20150310*M
          CLM*LFP-2*75***11:B:1*Y*A*Y*Y
          HI*ABK:J069
          LX*1
          SV1*HC:99212*75*UN*1***1
          DTP*472*D8*20260104
          """);

  static final String INSTITUTIONAL =
      of(
          "HC",
          "837",
          "005010X223A2",
          """
          BHT*0019*00*B2*20260105*0911*CH
          NM1*41*2*LARKSPUR BILLING*****46*LARK1
          PER*IC*DANA ROWE*TE*5555550100
          NM1*40*2*MERIDIAN HEALTH*****46*MERID
          HL*1**20*1
          NM1*85*2*HOLLOW HILL HOSPITAL*****XX*1234567893
          N3*1 HOSPITAL WAY
          N4*SPRINGFIELD*IL*627010000
          REF*EI*999999992
          HL*2*1*22*0
          SBR*P*18*******CI
          NM1*IL*1*QUILL*MARA****MI*MQ0001
          NM1*PR*2*MERIDIAN HEALTH*****PI*MERID
          CLM*HHH-1*4200***11:A:1**A*Y*Y
          DTP*096*TM*1130
          DTP*434*RD8*20260102-20260104
          DTP*435*DT*202601020815
          CL1*1*7*01
          HI*ABK:J189:::::::Y
          HI*ABJ:R509
          HI*DR:194
          HI*BH:11:D8:20260101
          HI*BE:80:::2
          NM1*71*1*VOSS*ELIAS****XX*1987654328
          LX*1
          SV2*0120**4000*DA*2
          DTP*472*D8*20260102
          LX*2
          SV2*0300*HC:80053*200*UN*1
          DTP*472*D8*20260103
          """);

  static final String DENTAL =
      of(
          "HC",
          "837",
          "005010X224A2",
          """
          BHT*0019*00*B3*20260105*0912*CH
          NM1*41*2*LARKSPUR BILLING*****46*LARK1
          PER*IC*DANA ROWE*TE*5555550100
          NM1*40*2*MERIDIAN HEALTH*****46*MERID
          HL*1**20*1
          NM1*85*1*BRAND*NOOR****XX*1234567893
          N3*7 MOLAR STREET
          N4*SPRINGFIELD*IL*627010000
          REF*SY*999999993
          HL*2*1*22*0
          SBR*P*18*******CI
          NM1*IL*1*QUILL*MARA****MI*MQ0001
          NM1*PR*2*MERIDIAN HEALTH*****PI*MERID
          CLM*DEN-1*310***11:B:1*Y*A*Y*Y
          DTP*472*D8*20260104
          DN1*24*12
          DN2*5*M****JP
          NM1*82*1*BRAND*NOOR****XX*1234567893
          LX*1
          SV3*AD:D2391*180****1
          TOO*JP*14*M:O
          LX*2
          SV3*AD:D4341*130**10**1
          """);

  static final String ACKNOWLEDGMENT =
      of(
          "FA",
          "999",
          "005010X231A1",
          """
          AK1*HC*17*005010X222A1
          AK2*837*0001*005010X222A1
          IK3*HI*22*2300*8
          CTX*CLM01:LFP-1
          IK4*1:2*1271*7*X
          IK5*R*5
          AK2*837*0002*005010X222A1
          IK5*A
          AK9*P*2*2*1
          """);

  static final String STATUS =
      of(
          "HN",
          "277",
          "005010X214",
          """
          BHT*0085*08*A1*20260106*0600*TH
          HL*1**20*1
          NM1*PR*2*MERIDIAN HEALTH*****PI*MERID
          TRN*1*R1
          DTP*050*D8*20260105
          DTP*009*D8*20260106
          HL*2*1*21*1
          NM1*41*2*LARKSPUR BILLING*****46*LARK1
          TRN*2*B1
          STC*A1:19:PR*20260106*WQ*225
          QTY*90*1
          QTY*AA*1
          AMT*YU*150
          AMT*YY*75
          HL*3*2*19*1
          NM1*85*2*LARKSPUR FAMILY PRACTICE*****XX*1234567893
          HL*4*3*PT
          NM1*QC*1*QUILL*MARA****MI*MQ0001
          TRN*2*LFP-1
          STC*A2:20*20260106*WQ*150
          REF*1K*PCN1
          DTP*472*D8*20260102
          HL*5*3*PT
          NM1*QC*1*TARN*LUCA****MI*OT0002
          TRN*2*LFP-2
          STC*A7:562:85*20260106*U*75
          DTP*472*D8*20260104
          SVC*HC:99212*75*****1
          STC*A7:562:85*20260106*U
          REF*FJ*LINE1
          DTP*472*D8*20260104
          """);

  static final List<String> ALL =
      List.of(PROFESSIONAL, INSTITUTIONAL, DENTAL, ACKNOWLEDGMENT, STATUS);

  private MadeUpSets() {}

  /** An interchange of one set with these lines, counted. */
  private static String of(String group, String set, String guide, String content) {
    String body = content.strip().replace("\n", "~\n") + "~\n";
    return """
        ISA*00*          *00*          *ZZ*LARK           *ZZ*MERID          \
        *260105*0910*^*00501*000000001*0*T*:~
        GS*%s*LARK*MERID*20260105*0910*1*X*%s~
        ST*%s*0001*%s~
        """
            .formatted(group, guide, set, guide)
        + body
        + "SE*%d*0001~\nGE*1*1~\nIEA*1*000000001~\n".formatted(body.lines().count() + 2);
  }

  /** The same set with another content, its segments counted anew. */
  static String changed(String set, String from, String to) {
    String changed = Corpus.changed(set, from, to);
    int start = changed.indexOf("ST*");
    int end = changed.indexOf("SE*", changed.indexOf("\n", start));
    long segments = changed.substring(start, end).chars().filter(c -> c == '~').count() + 1;
    return changed.substring(0, end)
        + changed.substring(end).replaceFirst("SE\\*\\d+\\*", "SE*" + segments + "*");
  }
}
