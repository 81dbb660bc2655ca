package org.openrcm.compliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a patient is told of disclosures (45 CFR 164.528(b)), the earliest first.
 *
 * @param from the first day, {@code until} the last
 */
record Accounting(LocalDate from, LocalDate until, List<Row> rows) {

  /**
   * A disclosure, or several to the same recipient for the same purpose (164.528(b)(3)).
   *
   * @param madeOn the first of them, {@code last} the last
   * @param purpose in words
   */
  record Row(
      LocalDate madeOn,
      String recipient,
      String address,
      String description,
      String purpose,
      String reason,
      int times,
      LocalDate last) {}

  private record Party(
      String recipient, String address, String description, String purpose, String reason) {}

  /**
   * Of all disclosures of an account.
   *
   * @param asked the day up to which it goes
   * @param given the day on which it is given: what is held then is left out
   */
  static Accounting of(List<Disclosure> all, LocalDate asked, LocalDate given) {
    LocalDate from = asked.minusYears(Term.LOOK_BACK_YEARS.on(asked));
    Map<Party, List<LocalDate>> parties = new LinkedHashMap<>();
    all.stream()
        .filter(each -> each.counts(from, asked, given))
        .sorted(Comparator.comparing(Disclosure::madeOn).thenComparing(Disclosure::number))
        .forEach(
            each ->
                parties
                    .computeIfAbsent(
                        new Party(
                            each.recipient(),
                            each.address(),
                            each.description(),
                            each.purpose().words(),
                            each.reason()),
                        party -> new ArrayList<>())
                    .add(each.madeOn()));
    List<Row> rows = new ArrayList<>();
    parties.forEach(
        (party, days) ->
            rows.add(
                new Row(
                    days.get(0),
                    party.recipient(),
                    party.address(),
                    party.description(),
                    party.purpose(),
                    party.reason(),
                    days.size(),
                    days.get(days.size() - 1))));
    return new Accounting(from, asked, rows);
  }
}
