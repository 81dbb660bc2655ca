package org.openrcm.account;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.Person;
import org.openrcm.account.Seen.SeenCoverage;
import tools.jackson.databind.json.JsonMapper;

/**
 * What claims say of a person: of each topic the word of the latest claim that speaks of it. Which
 * claim is the latest depends on the claims alone, never on which of them came first.
 */
record Said(Map<Topic, Statement> topics) {
  static final Said NOTHING = new Said(Map.of());

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LINES = 2;

  /**
   * What a claim says of a topic.
   *
   * @param by its control number
   */
  record Statement(LocalDate on, String by, Map<Field, String> values)
      implements Comparable<Statement> {
    private static final Comparator<Statement> ORDER =
        Comparator.comparing(Statement::on)
            .thenComparing(Statement::by)
            // of equal claims any, but always the same
            .thenComparing(statement -> inOrder(statement.values).toString());

    @Override
    public int compareTo(Statement other) {
      return ORDER.compare(this, other);
    }

    private static Map<Field, String> inOrder(Map<Field, String> values) {
      Map<Field, String> sorted = new EnumMap<>(Field.class);
      sorted.putAll(values);
      return sorted;
    }
  }

  static Said parse(String json) {
    return JSON.readValue(json, Said.class);
  }

  String json() {
    return JSON.writeValueAsString(this);
  }

  /** What is said of a topic, null when nothing is. */
  @Nullable Statement of(Topic topic) {
    return topics.get(topic);
  }

  /** With what a claim says, where it is the latest to say it. */
  Said with(Seen seen) {
    Map<Topic, Statement> all = new EnumMap<>(Topic.class);
    all.putAll(topics);
    values(seen)
        .forEach(
            (topic, values) -> {
              // that nobody else is named as guarantor says that it is the patient
              if (topic == Topic.GUARANTOR || !values.isEmpty()) {
                Statement said =
                    new Statement(Clean.day(seen.on()), Clean.text(seen.control()), values);
                all.merge(topic, said, (one, other) -> one.compareTo(other) < 0 ? other : one);
              }
            });
    return all.equals(topics) ? this : new Said(all);
  }

  private static Map<Topic, Map<Field, String>> values(Seen seen) {
    Person patient = seen.patient();
    Map<Topic, Map<Field, String>> topics = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      topics.put(topic, new EnumMap<>(Field.class));
    }
    put(topics, Field.LAST_NAME, patient.lastName());
    put(topics, Field.FIRST_NAME, patient.firstName());
    put(topics, Field.MIDDLE_NAME, patient.middleName());
    put(topics, Field.SUFFIX, patient.suffix());
    put(topics, Field.BIRTH_DATE, day(patient.birthDate()));
    put(topics, Field.SEX, patient.sex());
    address(topics, patient, Field.ADDRESS_1, Field.ADDRESS_2);
    put(topics, Field.CITY, patient.city());
    put(topics, Field.STATE, patient.state());
    put(topics, Field.POSTAL_CODE, patient.postalCode());
    put(topics, Field.COUNTRY, patient.country());
    put(topics, Field.PHONE, patient.phone());
    Person guarantor = seen.guarantor();
    if (guarantor != null) {
      guarantor(topics, guarantor, seen.first());
    }
    topics.remove(Topic.CONTACT);
    return topics;
  }

  private static void guarantor(
      Map<Topic, Map<Field, String>> topics, Person person, @Nullable SeenCoverage first) {
    put(topics, Field.GUARANTOR_LAST_NAME, person.lastName());
    put(topics, Field.GUARANTOR_FIRST_NAME, person.firstName());
    put(topics, Field.GUARANTOR_BIRTH_DATE, day(person.birthDate()));
    address(topics, person, Field.GUARANTOR_ADDRESS_1, Field.GUARANTOR_ADDRESS_2);
    put(topics, Field.GUARANTOR_CITY, person.city());
    put(topics, Field.GUARANTOR_STATE, person.state());
    put(topics, Field.GUARANTOR_POSTAL_CODE, person.postalCode());
    put(topics, Field.GUARANTOR_COUNTRY, person.country());
    put(topics, Field.GUARANTOR_PHONE, person.phone());
    String relationship = first == null ? null : first.relationship();
    put(topics, Field.GUARANTOR_RELATIONSHIP, Relationship.ofSubscriber(relationship).name());
  }

  private static void address(
      Map<Topic, Map<Field, String>> topics, Person person, Field first, Field second) {
    List<String> lines = person.addressLines();
    put(topics, first, lines.isEmpty() ? null : lines.get(0));
    put(topics, second, lines.size() < LINES ? null : lines.get(1));
  }

  private static @Nullable String day(@Nullable LocalDate day) {
    return day == null || !day.equals(Clean.day(day)) ? null : day.toString();
  }

  private static void put(
      Map<Topic, Map<Field, String>> topics, Field field, @Nullable String value) {
    String clean = value == null ? "" : Clean.text(value);
    if (!clean.isEmpty()) {
      topics.getOrDefault(field.topic(), Collections.emptyMap()).put(field, clean);
    }
  }
}
