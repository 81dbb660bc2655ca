package org.openrcm.fhir;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Amounts in the currency of a check or claim, and codes.
 *
 * @param currency null where CUR02 is no ISO 4217 code
 */
record Amounts(Elements elements, @Nullable CodeType currency) {
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /** In the currency of this code (CUR02), or in US dollars where none is named. */
  static Amounts in(@Nullable String code, Elements elements) {
    String named = code == null ? "USD" : code;
    return new Amounts(elements, CURRENCIES.contains(named) ? new CodeType(named) : null);
  }

  Money money(org.openrcm.money.Money amount) {
    Money money = new Money();
    money.setValue(amount.toDecimal());
    if (currency != null) {
      money.setCurrencyElement(currency);
    }
    return money;
  }

  /** The amount where FHIR takes a quantity and no money. */
  Quantity quantity(org.openrcm.money.Money amount) {
    Quantity quantity = Elements.quantity(amount.toDecimal());
    if (currency != null) {
      String code = currency.getValue();
      quantity.setUnit(code).setSystem(Systems.CURRENCY).setCode(code);
    }
    return quantity;
  }
}
