package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.money.Money;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.Finding;

/** The equations X1 to X5: a cent anywhere is found, where it arises and nowhere else. */
class BalancingTest {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  static List<Path> balanced() {
    return Corpus.ours().stream().filter(file -> !file.toString().contains("unbalanced")).toList();
  }

  /** What the balancing rules and {@link Adjudication#ZERO_PAYMENT} say, in few words. */
  private static List<String> found(String text) {
    List<String> found = new ArrayList<>();
    for (Finding finding : Received.of(text).findings) {
      if (finding.rule().level() == 3 || finding.rule() == Adjudication.ZERO_PAYMENT) {
        found.add(
            finding.rule()
                + " "
                + finding.place().segmentNumber()
                + " "
                + finding.place().element()
                + " "
                + finding.message());
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("balanced")
  void aCentInAnyAmountIsFoundWhereItArises(Path file) {
    String text = Corpus.text(file);
    assertThat(found(text)).isEmpty();
    Ledger ledger = new Ledger();
    int number = 0;
    int offset = 0;
    int amounts = 0;
    for (String segment : text.split("(?<=~\n)")) {
      String[] elements = segment.replace("~\n", "").split("\\*", -1);
      number = elements[0].equals("ST") ? 1 : number + 1;
      ledger.at(number, elements);
      for (int i : amounts(elements)) {
        if (i < elements.length && !elements[i].isEmpty()) {
          amounts++;
          one(text, offset, elements, i, ledger, true);
          one(text, offset, elements, i, ledger, false);
        }
      }
      offset += segment.length();
    }
    assertThat(amounts).isGreaterThan(4);
  }

  private static void one(
      String text, int offset, String[] elements, int element, Ledger ledger, boolean more) {
    BigDecimal amount = new BigDecimal(elements[element]).add(more ? CENT : CENT.negate());
    String[] changed = elements.clone();
    changed[element] = amount.toPlainString();
    String before = String.join("*", elements);
    String bad =
        text.substring(0, offset)
            + String.join("*", changed)
            + text.substring(offset + before.length());
    List<String> found = found(bad);
    List<String> expected = ledger.expected(elements, element, more);
    assertThat(found).as(before + " element " + element).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as(before + " element " + element).startsWith(expected.get(i));
    }
  }

  private static int[] amounts(String[] elements) {
    return switch (elements[0]) {
      case "BPR", "AMT", "QTY" -> new int[] {2};
      case "CLP" -> new int[] {3, 4, 5};
      case "SVC" -> new int[] {2, 3};
      case "CAS" -> new int[] {3, 6, 9, 12, 15, 18};
      case "PLB" -> new int[] {4, 6, 8, 10, 12, 14};
      default -> new int[0];
    };
  }

  /** Where we are in a file, and so what a changed amount there puts out of balance. */
  private static final class Ledger {
    private long bpr;
    private long clp;
    private long svc;
    private boolean patientResponsibilityCounts;
    private boolean zero;

    void at(long number, String[] elements) {
      switch (elements[0]) {
        case "BPR" -> {
          bpr = number;
          zero = new BigDecimal(elements[2]).signum() == 0;
        }
        case "CLP" -> {
          clp = number;
          svc = 0;
          patientResponsibilityCounts = !elements[2].equals("22") && !elements[2].equals("25");
        }
        case "SVC" -> svc = number;
        default -> {
          // the others put nothing before them out of balance
        }
      }
    }

    List<String> expected(String[] elements, int element, boolean more) {
      List<String> expected = new ArrayList<>();
      switch (elements[0] + element) {
        case "BPR2" -> {
          if (zero) {
            expected.add("ZERO_PAYMENT " + bpr + " BPR02");
          }
          expected.add(remittance(more) + "; each claim balances");
        }
        case "CLP3" -> expected.add(claim(!more));
        case "CLP4" -> {
          expected.add(claim(more));
          expected.add(
              remittance(!more) + "; claims out of balance start at segments [" + clp + "]");
        }
        case "CLP5" -> patient(expected, more);
        case "SVC2" -> expected.add(service(!more));
        case "SVC3" -> expected.add(service(more));
        default -> {
          if (elements[0].equals("CAS")) {
            adjustment(expected, elements[1], more);
          } else if (elements[0].equals("PLB")) {
            expected.add(remittance(more) + "; each claim balances");
          }
        }
      }
      return expected;
    }

    private void adjustment(List<String> expected, String group, boolean more) {
      if (svc > 0) {
        expected.add(service(more));
        expected.add(claim(more) + "; it arises in the lines at segments [" + svc + "]");
      } else {
        expected.add(claim(more));
      }
      if (group.equals("PR")) {
        patient(expected, !more);
      }
    }

    private void patient(List<String> expected, boolean more) {
      if (patientResponsibilityCounts) {
        expected.add(
            "PATIENT_RESPONSIBILITY "
                + clp
                + " CLP05 is 0.01 "
                + (more ? "more" : "less")
                + " than");
      }
    }

    private String service(boolean more) {
      return "SERVICE_BALANCE "
          + svc
          + " SVC03 is 0.01 "
          + (more ? "more" : "less")
          + " than charge less adjustments";
    }

    private String claim(boolean more) {
      return "CLAIM_BALANCE "
          + clp
          + " CLP04 is 0.01 "
          + (more ? "more" : "less")
          + " than charge less all adjustments";
    }

    private String remittance(boolean more) {
      return "REMITTANCE_BALANCE "
          + bpr
          + " BPR02 is 0.01 "
          + (more ? "more" : "less")
          + " than claim payments less provider adjustments";
    }
  }

  @Test
  void eachImbalanceOfAFileIsFoundWithItsDifference() {
    assertThat(found(Corpus.text("unbalanced")))
        .containsExactly(
            "SERVICE_BALANCE 18 SVC03 is 0.01 more than charge less adjustments",
            "CLAIM_BALANCE 22 CLP04 is 5.00 more than charge less all adjustments;"
                + " each line balances: it arises in CLP or the claim's own CAS",
            "REMITTANCE_BALANCE 2 BPR02 is 10.00 less than claim payments less provider"
                + " adjustments; claims out of balance start at segments [22]");
  }

  @Test
  void anAdjustmentRepeatedAtClaimAndLineCountsTwice() {
    String bad =
        Corpus.changed(
            Corpus.text("deductible"),
            "NM1*QC*1*FERNWICK*ODRAN****MI*BFH100200417~\nDTM*050*20260305~",
            "CAS*CO*45*77.5~\nNM1*QC*1*FERNWICK*ODRAN****MI*BFH100200417~\nDTM*050*20260305~");
    assertThat(found(bad))
        .containsExactly(
            "CLAIM_BALANCE 15 CLP04 is 77.50 more than charge less all adjustments;"
                + " each line balances: it arises in CLP or the claim's own CAS");
  }

  @Test
  void thePatientOwesWhatTheAdjustmentsSayWhateverTheClaimSays() {
    String bad = Corpus.changed(Corpus.text("deductible"), "*210*0*132.5*12*", "*210*0**12*");
    assertThat(found(bad))
        .containsExactly(
            "PATIENT_RESPONSIBILITY 15 CLP05 is 132.50 less than the adjustments of group PR");
    ClaimPayment claim = Received.of(bad).claims().get(0);
    assertThat(claim.patientResponsibility()).isNull();
    assertThat(claim.adjustedToPatient()).isEqualTo(Money.of("132.50"));
  }

  @Test
  void nothingIsChangedToMakeItBalance() {
    Received received = Received.of(Corpus.text("unbalanced"));
    assertThat(received.claims().get(0).lines().get(0).paid()).isEqualTo(Money.of("80.01"));
    assertThat(received.claims().get(1).paid()).isEqualTo(Money.of("145"));
    assertThat(received.checks.get(0).totals().get(0).paid()).isEqualTo(Money.of("320"));
    assertThat(received.checks.get(0).remittance().payment().amount()).isEqualTo(Money.of("310"));
  }
}
