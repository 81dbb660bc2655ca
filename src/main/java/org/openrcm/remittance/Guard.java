package org.openrcm.remittance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Unmapped;
import org.openrcm.vault.FieldVault;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way through: all guarded values of a record closed, or all opened. Which values are guarded
 * follows from their qualifiers, so a value that only looks closed is never taken for one.
 */
final class Guard {
  private static final String SSN = "ssn";
  private static final String ACCOUNT = "bank-account";

  /** Numbers stay as they are written: 1.50 is not 1.5. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final FieldVault vault;
  private final boolean closes;

  Guard(FieldVault vault, boolean closes) {
    this.vault = vault;
    this.closes = closes;
  }

  private String ssn(String value) {
    return closes ? vault.close(value, SSN) : vault.open(value, SSN);
  }

  private @Nullable String account(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return value;
    }
    return closes ? vault.close(value, ACCOUNT) : vault.open(value, ACCOUNT);
  }

  /** The word that somebody is found by. */
  String word(NamedWord word) {
    String number = word.word();
    boolean guarded =
        NamedWord.IDENTIFIER.equals(word.field())
            && (Guarded.PERSON.is(word.qualifier(), number)
                || Guarded.REFERENCE.is(word.qualifier(), number));
    return guarded ? vault.mark(number) : number;
  }

  List<Person> people(List<Person> people) {
    return each(people, Guarded.PERSON, Person::idQualifier, Person::id, Guard::withId);
  }

  private static Person withId(Person person, String id) {
    return new Person(
        person.entity(),
        person.organization(),
        person.lastName(),
        person.firstName(),
        person.middleName(),
        person.suffix(),
        person.idQualifier(),
        id);
  }

  List<Reference> references(List<Reference> references) {
    return each(
        references,
        Guarded.REFERENCE,
        Reference::qualifier,
        Reference::value,
        (reference, value) -> new Reference(reference.qualifier(), value));
  }

  List<Unmapped> unmapped(List<Unmapped> segments) {
    return each(
        segments,
        Guarded.SEGMENT,
        segment -> null,
        Unmapped::text,
        (segment, text) -> new Unmapped(segment.segment(), text));
  }

  Remittance.@Nullable BankAccount account(Remittance.@Nullable BankAccount account) {
    return account == null
        ? null
        : new Remittance.BankAccount(
            account.bankQualifier(),
            account.bank(),
            account.accountQualifier(),
            account(account.account()));
  }

  /** The same list where nothing in it is guarded, which is nearly always. */
  private <T> List<T> each(
      List<T> list,
      Guarded guarded,
      Function<T, @Nullable String> qualifier,
      Function<T, @Nullable String> value,
      BiFunction<T, String, T> with) {
    List<T> changed = list;
    for (int i = 0; i < list.size(); i++) {
      T one = list.get(i);
      String number = value.apply(one);
      if (number != null && guarded.is(qualifier.apply(one), number)) {
        if (changed == list) {
          changed = new ArrayList<>(list);
        }
        changed.set(i, with.apply(one, ssn(number)));
      }
    }
    return changed == list ? list : List.copyOf(changed);
  }

  /** A record as JSON. Looked through as a tree only where a guarded value can be in it. */
  String json(String json) {
    if (!(closes ? Guarded.mayHold(json) : FieldVault.mayHold(json))) {
      return json;
    }
    JsonNode root = MAPPER.readTree(json);
    walk(root);
    return MAPPER.writeValueAsString(root);
  }

  private void walk(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Guarded guarded : Guarded.values()) {
        String number = text(object, guarded.field());
        if (number != null
            && object.has(guarded.qualifier())
            && guarded.is(text(object, guarded.qualifier()), number)) {
          object.put(guarded.field(), ssn(number));
        }
      }
    }
    node.forEach(this::walk);
  }

  private static @Nullable String text(ObjectNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || !value.isString() ? null : value.stringValue();
  }
}
