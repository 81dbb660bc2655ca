package org.openrcm.posting;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/** An 835 with one check, in an interchange of its own; amounts in cents. */
record MadeUpCheck(
    String trace,
    int control,
    String payer,
    LocalDate day,
    List<Decision> decisions,
    List<Plb> adjustments,
    @Nullable Long says) {

  /** An adjustment of the one line, such as {@code CO-45}. */
  record Cas(String code, long cents) {}

  /** A provider adjustment; {@code what} is PLB03, such as {@code WO:BF1}. */
  record Plb(String what, long cents) {}

  /**
   * What is decided of a claim of one line.
   *
   * @param number the payer's own, CLP07
   */
  record Decision(
      String claim, String status, long charged, long paid, String number, List<Cas> adjustments) {

    /** Paid as a whole, less what is adjusted. */
    static Decision of(String claim, String status, long charged, Cas... adjustments) {
      long paid = charged - Stream.of(adjustments).mapToLong(Cas::cents).sum();
      return new Decision(claim, status, charged, paid, "BF" + claim, List.of(adjustments));
    }

    /** Takes it back: its exact opposite. */
    Decision reversed() {
      return new Decision(
          claim,
          "22",
          -charged,
          -paid,
          number,
          adjustments.stream().map(cas -> new Cas(cas.code(), -cas.cents())).toList());
    }

    Decision paying(long cents) {
      return new Decision(claim, status, charged, cents, number, adjustments);
    }

    private Stream<String> segments() {
      List<String> segments = new ArrayList<>();
      segments.add(
          "CLP*%s*%s*%s*%s**12*%s*11*1"
              .formatted(claim, status, amount(charged), amount(paid), number));
      segments.add("NM1*QC*1*QUILLBY*TANSY****MI*" + MadeUpBills.member(claim));
      segments.add("SVC*HC:99213*%s*%s**1".formatted(amount(charged), amount(paid)));
      segments.add("DTM*472*20260224");
      for (Cas cas : adjustments) {
        segments.add("CAS*%s*%s".formatted(cas.code().replace('-', '*'), amount(cas.cents())));
      }
      return segments.stream();
    }
  }

  static final String PAYER = "1890000101";

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 13);
  private static final String HEAD =
      """
      ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260313*0615*^*00501\
      *%1$09d*0*P*:~
      GS*HP*BFERN*LARKMOOR*20260313*0615*%1$d*X*005010X221A1~
      """;

  static MadeUpCheck of(String trace, int control, Decision... decisions) {
    return new MadeUpCheck(trace, control, PAYER, FIRST_DAY, List.of(decisions), List.of(), null);
  }

  MadeUpCheck with(Plb... more) {
    return new MadeUpCheck(trace, control, payer, day, decisions, List.of(more), says);
  }

  /** That says another amount than it comes to. */
  MadeUpCheck saying(long cents) {
    return new MadeUpCheck(trace, control, payer, day, decisions, adjustments, cents);
  }

  MadeUpCheck by(String other) {
    return new MadeUpCheck(trace, control, other, day, decisions, adjustments, says);
  }

  MadeUpCheck later(int days) {
    return new MadeUpCheck(trace, control, payer, day.plusDays(days), decisions, adjustments, says);
  }

  /** Sent again under other control numbers. */
  MadeUpCheck again(int otherControl) {
    return new MadeUpCheck(trace, otherControl, payer, day, decisions, adjustments, says);
  }

  /** What its claims and provider adjustments come to. */
  long sum() {
    return decisions.stream().mapToLong(Decision::paid).sum()
        - adjustments.stream().mapToLong(Plb::cents).sum();
  }

  String text() {
    String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
    long amount = says == null ? sum() : says;
    List<String> set = new ArrayList<>();
    set.add("ST*835*0001");
    set.add(
        "BPR*I*%s*C*ACH*CCP*01*990000110*DA*70012001*%s**01*990000220*DA*55501001*%s"
            .formatted(amount(amount), payer, date));
    set.add("TRN*1*%s*%s".formatted(trace, payer));
    set.add("N1*PR*PAYER " + payer);
    set.add("N3*100 HERON WAY");
    set.add("N4*MILLHOLT*OH*439990001");
    set.add("PER*BL*ERA DESK*TE*8005550101");
    set.add("N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010");
    set.add("LX*1");
    decisions.stream().flatMap(Decision::segments).forEach(set::add);
    for (Plb plb : adjustments) {
      set.add("PLB*2400102010*20261231*%s*%s".formatted(plb.what(), amount(plb.cents())));
    }
    set.add("SE*%d*0001".formatted(set.size() + 1));
    return HEAD.formatted(control)
        + String.join("~\n", set)
        + "~\nGE*1*%1$d~\nIEA*1*%1$09d~\n".formatted(control);
  }

  byte[] bytes() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }

  static String amount(long cents) {
    return Money.ofCents(cents).toDecimal().stripTrailingZeros().toPlainString();
  }
}
