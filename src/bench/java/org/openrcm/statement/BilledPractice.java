package org.openrcm.statement;

import java.util.List;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Visits;
import org.openrcm.money.Money;

/** A practice with accounts that each owe for a visit, and with a way of asking for it. */
final class BilledPractice {
  private static final int IN_A_FILE = 2_000;

  private BilledPractice() {}

  static ServedPractice start(int accounts) throws Exception {
    ServedPractice practice = ServedPractice.start();
    Visits visits = new Visits(accounts);
    for (int from = 1; from <= accounts; from += IN_A_FILE) {
      int until = Math.min(accounts, from + IN_A_FILE - 1);
      practice.receive("claims.837", visits.claims(from, until));
      practice.receive("remit.835", visits.remittance(from, until));
      practice.postAll();
    }
    practice
        .actor()
        .run(
            () ->
                practice
                    .bean(Policies.class)
                    .set(
                        new Policy(
                            new Policy.Letterhead(
                                "Larkmoor Family Practice",
                                List.of("9 Heron Way", "Larkmoor VT 05999"),
                                "802 555 0100",
                                "Monday to Friday, 8 am to 5 pm",
                                null,
                                null),
                            Money.of("5.00"),
                            30,
                            21,
                            "larkmoor.example/my",
                            new Policy.Help(true, "802 555 0111", "larkmoor.example/help"))));
    return practice;
  }
}
