package org.openrcm.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.payment.Amounts;
import org.openrcm.statement.Bill;
import org.openrcm.statement.BillVisit;
import org.springframework.util.MultiValueMap;

/**
 * The form by which a patient pays, as typed.
 *
 * @param seen what was owed when the form was shown, in cents
 */
record PayForm(What what, String amount, List<UUID> visits, String seen, String key) {

  /** How much is to be paid. */
  enum What {
    ALL,
    VISITS,
    PART;

    static What of(String text) {
      return text.equals("visits") ? VISITS : text.equals("part") ? PART : ALL;
    }

    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static PayForm fresh(What what, String amount, List<UUID> visits) {
    return new PayForm(what, amount, visits, "", "");
  }

  static PayForm of(MultiValueMap<String, String> sent) {
    List<UUID> visits = new ArrayList<>();
    for (String visit : sent.getOrDefault("visit", List.of())) {
      visits.add(NothingThere.id(visit));
    }
    return new PayForm(
        What.of(Typed.line(sent, "what")),
        Typed.line(sent, "amount"),
        visits,
        Typed.line(sent, "owed"),
        Typed.line(sent, "key"));
  }

  /** The visits that it is for, by claim number; null when one of them is not to be paid now. */
  @Nullable List<Long> claims(Bill bill) {
    List<Long> claims = new ArrayList<>();
    for (BillVisit visit : bill.toPay()) {
      if (what != What.VISITS || visits.contains(visit.id())) {
        claims.add(visit.claim());
      }
    }
    return what == What.VISITS && claims.size() < visits.size() ? null : claims;
  }

  /**
   * How much it is: of visits no more than is owed in all, credit taken off.
   *
   * @throws org.openrcm.payment.Refused when it is no amount
   */
  Money amount(Bill bill) {
    return switch (what) {
      case ALL -> bill.owed();
      case PART -> Amounts.typed(amount);
      case VISITS -> {
        Money sum =
            bill.toPay().stream()
                .filter(visit -> visits.contains(visit.id()))
                .map(BillVisit::owed)
                .reduce(Money.ZERO, Money::plus);
        yield sum.compareTo(bill.owed()) > 0 ? bill.owed() : sum;
      }
    };
  }

  public boolean names(UUID visit) {
    return visits.contains(visit);
  }
}
