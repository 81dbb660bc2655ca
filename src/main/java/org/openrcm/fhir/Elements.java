package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Small pieces that every mapping needs: codes, dates, references. Those an instance gives out are
 * shared between the resources it is used for, so a resource is there to be written, not changed.
 */
final class Elements {
  private static final int REMEMBERED = 4096;

  private final Map<LocalDate, DateType> dates = new HashMap<>();
  private final Map<LocalDate, DateTimeType> dateTimes = new HashMap<>();
  private final Map<String, Map<String, CodeableConcept>> codes = new HashMap<>();
  private final Map<String, Extension> groups = new HashMap<>();

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

  static Quantity quantity(BigDecimal value) {
    Quantity quantity = new Quantity();
    quantity.setValue(value);
    return quantity;
  }

  static InstantType instant(Instant moment) {
    InstantType instant = new InstantType(Date.from(moment));
    instant.setTimeZoneZulu(true);
    return instant;
  }

  /** Says that something required was not sent. */
  static <T extends Element> T absent(T element) {
    element.addExtension(Systems.DATA_ABSENT, new CodeType("unknown"));
    return element;
  }

  /** The concept of this code; the same for the same code, as long as it is remembered. */
  CodeableConcept code(String system, String code) {
    Map<String, CodeableConcept> ofSystem = codes.computeIfAbsent(system, any -> new HashMap<>());
    CodeableConcept known = ofSystem.get(code);
    if (known == null) {
      bound(ofSystem);
      known = concept(system, code);
      ofSystem.put(code, known);
    }
    return known;
  }

  /** The extension that names a CAS group code, or tells that the code is none that is known. */
  Extension group(String group) {
    Extension known = groups.get(group);
    if (known == null) {
      bound(groups);
      known =
          Decision.isGroup(group)
              ? new Extension(Systems.ADJUSTMENT_GROUP_EXTENSION, new CodeType(group))
              : Source.unmapped("CAS*" + group);
      groups.put(group, known);
    }
    return known;
  }

  DateTimeType dateTime(@Nullable LocalDate day) {
    if (day == null) {
      return absent(new DateTimeType());
    }
    DateTimeType known = dateTimes.get(day);
    if (known == null) {
      bound(dateTimes);
      known = new DateTimeType(day.toString());
      dateTimes.put(day, known);
    }
    return known;
  }

  DateType date(@Nullable LocalDate day) {
    if (day == null) {
      return absent(new DateType());
    }
    DateType known = dates.get(day);
    if (known == null) {
      bound(dates);
      known = new DateType(day.toString());
      dates.put(day, known);
    }
    return known;
  }

  private static void bound(Map<?, ?> remembered) {
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
  }
}
