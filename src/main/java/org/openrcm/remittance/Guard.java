package org.openrcm.remittance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
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

  /**
   * A segment that nothing is known of, with an element that announces a social security number.
   */
  private static final Pattern ANNOUNCED = Pattern.compile("[^A-Za-z0-9](34|SY)([^A-Za-z0-9]|$)");

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

  private String segment(String text) {
    if (!closes) {
      return vault.open(text, SSN);
    }
    return ANNOUNCED.matcher(text).find() || FieldVault.isClosed(text)
        ? vault.close(text, SSN)
        : text;
  }

  /** The word that somebody is found by. */
  String word(NamedWord word) {
    return NamedWord.IDENTIFIER.equals(word.field())
            && (Person.isSsn(word.qualifier()) || Reference.isSsn(word.qualifier()))
        ? vault.mark(word.word())
        : word.word();
  }

  List<Person> people(List<Person> people) {
    return each(
        people,
        person -> person.id() != null && Person.isSsn(person.idQualifier()),
        person ->
            new Person(
                person.entity(),
                person.organization(),
                person.lastName(),
                person.firstName(),
                person.middleName(),
                person.suffix(),
                person.idQualifier(),
                person.id() == null ? null : ssn(person.id())));
  }

  List<Reference> references(List<Reference> references) {
    return each(
        references,
        reference -> Reference.isSsn(reference.qualifier()),
        reference -> new Reference(reference.qualifier(), ssn(reference.value())));
  }

  List<Unmapped> unmapped(List<Unmapped> segments) {
    return each(
        segments,
        segment -> true,
        segment -> new Unmapped(segment.segment(), segment(segment.text())));
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
  private static <T> List<T> each(List<T> list, Predicate<T> guarded, UnaryOperator<T> change) {
    if (list.stream().noneMatch(guarded)) {
      return list;
    }
    List<T> changed = new ArrayList<>(list.size());
    for (T one : list) {
      changed.add(guarded.test(one) ? change.apply(one) : one);
    }
    return List.copyOf(changed);
  }

  /** A record as JSON. Looked through as a tree only where a guarded value can be in it. */
  String json(String json) {
    boolean may =
        closes
            ? json.contains("\"34\"") || json.contains("\"SY\"") || json.contains("\"unmapped\"")
            : FieldVault.mayHold(json);
    if (!may) {
      return json;
    }
    JsonNode root = MAPPER.readTree(json);
    walk(root);
    return MAPPER.writeValueAsString(root);
  }

  private void walk(JsonNode node) {
    if (node instanceof ObjectNode object) {
      // Person, then references of remittances and of claims, then Unmapped
      if (Person.isSsn(text(object, "idQualifier"))) {
        change(object, "id", this::ssn);
      }
      if (Reference.isSsn(text(object, "qualifier"))) {
        change(object, "value", this::ssn);
      }
      if (object.has("segment") && object.size() == 2) {
        change(object, "text", this::segment);
      }
    }
    node.forEach(this::walk);
  }

  private static @Nullable String text(ObjectNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || !value.isString() ? null : value.stringValue();
  }

  private static void change(ObjectNode object, String field, UnaryOperator<String> how) {
    String value = text(object, field);
    if (value != null) {
      object.put(field, how.apply(value));
    }
  }
}
