package org.openrcm.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The form by which somebody takes a payment, as typed.
 *
 * @param visits claims that were chosen, by number
 */
record TakeForm(
    String amount, Method method, String cheque, List<Long> visits, boolean keep, String key) {
  private static final int LONGEST = 40;

  static TakeForm empty(String amount) {
    return new TakeForm(amount, Method.CASH, "", List.of(), false, "");
  }

  static TakeForm of(MultiValueMap<String, String> sent) {
    List<Long> visits = new ArrayList<>();
    for (String visit : sent.getOrDefault("visit", List.of())) {
      // what is no number is no visit of the account's
      visits.add(visit.matches("\\d{1,18}") ? Long.parseLong(visit) : -1L);
    }
    Method method = Method.CASH;
    for (Method each : Method.values()) {
      if (each.code().equals(value(sent, "method"))) {
        method = each;
      }
    }
    return new TakeForm(
        value(sent, "amount"),
        method,
        value(sent, "cheque"),
        List.copyOf(visits),
        !value(sent, "keep").isEmpty(),
        value(sent, "key"));
  }

  static String value(MultiValueMap<String, String> sent, String name) {
    String text = Objects.requireNonNullElse(sent.getFirst(name), "");
    String clean = text.replaceAll("\\p{Cntrl}", "").strip();
    return clean.substring(0, Math.min(clean.length(), LONGEST));
  }

  /** Null when there is none, or it is no cheque. */
  @Nullable String chequeNumber() {
    return method == Method.CHEQUE && !cheque.isEmpty() ? cheque : null;
  }

  TakeForm withoutCheque() {
    return new TakeForm(amount, method, "", visits, keep, key);
  }

  public boolean names(long claim) {
    return visits.contains(claim);
  }

  Receiving receiving(long account) {
    if (CardNumbers.isIn(cheque)) {
      throw new Refused(Refused.Reason.CARD_NUMBER);
    }
    return new Receiving(
        account, Amounts.typed(amount), method, chequeNumber(), visits, keep, Keys.checked(key));
  }
}
