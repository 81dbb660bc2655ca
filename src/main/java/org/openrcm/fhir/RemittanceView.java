package org.openrcm.fhir;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.Remittance;

/**
 * What all resources of one check say alike, worked out once: ids of payer and payee, where it
 * comes from, its currency and its trace.
 *
 * @param source of all its resources, but for the segment's number
 * @param currency CUR02, or US dollars where none is named; null where it is no ISO 4217 code
 * @param trace TRN02 with TRN03 as the assigner, null when not sent
 */
record RemittanceView(
    Remittance remittance,
    Elements elements,
    String source,
    String payerId,
    Reference payer,
    Reference payee,
    @Nullable CodeType currency,
    @Nullable Identifier trace) {

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  static RemittanceView of(Remittance remittance, Elements elements) {
    String payerId = Identities.payerId(remittance);
    String code = remittance.currency() == null ? "USD" : remittance.currency().code();
    return new RemittanceView(
        remittance,
        elements,
        Source.prefix(remittance.source()),
        payerId,
        Elements.reference("Organization", payerId),
        Elements.reference("Organization", Identities.payeeId(remittance)),
        CURRENCIES.contains(code) ? new CodeType(code) : null,
        trace(remittance.trace()));
  }

  private static @Nullable Identifier trace(Remittance.Trace trace) {
    if (trace.number().isEmpty()) {
      return null;
    }
    Identifier identifier = Elements.identifier(null, trace.number());
    if (trace.originator() != null) {
      Reference assigner = new Reference();
      assigner.setType("Organization");
      assigner.setIdentifier(Elements.identifier(null, trace.originator()));
      identifier.setAssigner(assigner);
    }
    return identifier;
  }

  /** The amount in the check's currency. */
  Money money(org.openrcm.money.Money amount) {
    Money money = new Money();
    money.setValue(amount.toDecimal());
    if (currency != null) {
      money.setCurrencyElement(currency);
    }
    return money;
  }
}
