package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Small pieces that every mapping needs: codes, dates, money, references. */
final class Elements {
  private static final int REMEMBERED_DAYS = 4096;

  private final Map<LocalDate, String> days = new HashMap<>();

  static Coding coding(String system, String code) {
    Coding coding = new Coding();
    coding.setSystem(system);
    coding.setCode(code);
    return coding;
  }

  static CodeableConcept concept(String system, String code) {
    return new CodeableConcept().addCoding(coding(system, code));
  }

  static Reference reference(String type, String id) {
    Reference reference = new Reference();
    reference.setReference(type + "/" + id);
    return reference;
  }

  static Identifier identifier(@Nullable String system, String value) {
    Identifier identifier = new Identifier();
    if (system != null) {
      identifier.setSystem(system);
    }
    identifier.setValue(value);
    return identifier;
  }

  /** Dollars. */
  static Money money(org.openrcm.money.Money amount) {
    Money money = new Money();
    money.setValue(amount.toDecimal());
    money.setCurrency("USD");
    return money;
  }

  static Quantity quantity(BigDecimal value) {
    Quantity quantity = new Quantity();
    quantity.setValue(value);
    return quantity;
  }

  /** Says that something required was not sent. */
  static <T extends Element> T absent(T element) {
    element.addExtension(Systems.DATA_ABSENT, new CodeType("unknown"));
    return element;
  }

  DateTimeType dateTime(@Nullable LocalDate day) {
    return day == null ? absent(new DateTimeType()) : new DateTimeType(text(day));
  }

  DateType date(@Nullable LocalDate day) {
    return day == null ? absent(new DateType()) : new DateType(text(day));
  }

  private String text(LocalDate day) {
    if (days.size() > REMEMBERED_DAYS) {
      days.clear();
    }
    return days.computeIfAbsent(day, LocalDate::toString);
  }
}
