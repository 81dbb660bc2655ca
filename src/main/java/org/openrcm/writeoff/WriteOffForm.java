package org.openrcm.writeoff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openrcm.money.Money;
import org.openrcm.payment.OpenVisit;
import org.springframework.util.MultiValueMap;

/**
 * The form by which somebody proposes a write-off, as typed.
 *
 * @param visits claims that were chosen, by number: each with all that is owed for it
 * @param parts amounts by claim number as they were previewed; empty before that
 */
record WriteOffForm(Kind kind, List<Long> visits, Map<Long, Money> parts, String note, String key) {
  private static final int LONGEST = 300;

  static WriteOffForm empty() {
    return new WriteOffForm(Kind.CHARITY, List.of(), Map.of(), "", "");
  }

  static WriteOffForm of(MultiValueMap<String, String> sent) {
    List<Long> visits = new ArrayList<>();
    for (String visit : sent.getOrDefault("visit", List.of())) {
      // what is no number is no visit of the account's
      visits.add(visit.matches("\\d{1,18}") ? Long.parseLong(visit) : -1L);
    }
    Kind kind = Kind.CHARITY;
    for (Kind each : Kind.values()) {
      if (each.code().equals(value(sent, "kind"))) {
        kind = each;
      }
    }
    Map<Long, Money> parts = new LinkedHashMap<>();
    for (String part : sent.getOrDefault("part", List.of())) {
      if (part.matches("\\d{1,18}:\\d{1,15}")) {
        String[] sides = part.split(":", -1);
        parts.put(Long.parseLong(sides[0]), Money.ofCents(Long.parseLong(sides[1])));
      }
    }
    return new WriteOffForm(
        kind, List.copyOf(visits), parts, value(sent, "note"), value(sent, "key"));
  }

  private static String value(MultiValueMap<String, String> sent, String name) {
    String text = Objects.requireNonNullElse(sent.getFirst(name), "");
    String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.substring(0, Math.min(clean.length(), LONGEST));
  }

  public boolean names(long claim) {
    return visits.contains(claim);
  }

  /** As it was previewed: what is owed may have changed since, and is checked again. */
  WriteOffs.Proposal previewed(long account, String checkedKey) {
    return new WriteOffs.Proposal(account, kind, parts, note, checkedKey);
  }

  /** Of what is owed now; a visit that is not open stays without an amount, and is refused. */
  WriteOffs.Proposal proposal(long account, List<OpenVisit> open, String checkedKey) {
    Map<Long, Money> amounts = new LinkedHashMap<>();
    for (Long visit : visits) {
      amounts.put(
          visit,
          open.stream()
              .filter(each -> each.claim() == visit)
              .map(OpenVisit::owed)
              .findFirst()
              .orElse(Money.ZERO));
    }
    return new WriteOffs.Proposal(account, kind, amounts, note, checkedKey);
  }
}
