package org.openrcm.remittance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;

/**
 * Short lists as the {@code text[]} columns of the database hold them, and back. An empty list is
 * null there.
 */
final class Flat {
  private static final int PERSON = 8;
  private static final int ACCOUNT = 4;
  private static final String REMARK = "remark";

  private Flat() {}

  static @Nullable List<@Nullable String> references(List<Reference> list) {
    return pairs(list, Reference::qualifier, Reference::value);
  }

  static List<Reference> references(String @Nullable [] flat) {
    return pairs(flat, Reference::new);
  }

  static @Nullable List<@Nullable String> dates(List<Dated> list) {
    return pairs(list, Dated::qualifier, dated -> dated.date().toString());
  }

  static List<Dated> dates(String @Nullable [] flat) {
    return pairs(flat, (qualifier, day) -> new Dated(qualifier, LocalDate.parse(day)));
  }

  static @Nullable List<@Nullable String> amounts(List<Amount> list) {
    return pairs(list, Amount::qualifier, amount -> Long.toString(amount.amount().cents()));
  }

  static List<Amount> amounts(String @Nullable [] flat) {
    return pairs(
        flat, (qualifier, cents) -> new Amount(qualifier, Money.ofCents(Long.parseLong(cents))));
  }

  static @Nullable List<@Nullable String> quantities(List<Quantity> list) {
    return pairs(list, Quantity::qualifier, quantity -> quantity.value().toPlainString());
  }

  static List<Quantity> quantities(String @Nullable [] flat) {
    return pairs(flat, (qualifier, value) -> new Quantity(qualifier, new BigDecimal(value)));
  }

  static @Nullable List<@Nullable String> remarks(List<ServicePayment.Remark> list) {
    return pairs(list, ServicePayment.Remark::list, ServicePayment.Remark::code);
  }

  static List<ServicePayment.Remark> remarks(String @Nullable [] flat) {
    return pairs(flat, ServicePayment.Remark::new);
  }

  static @Nullable List<@Nullable String> unmapped(List<Unmapped> list) {
    return pairs(list, segment -> Long.toString(segment.segment()), Unmapped::text);
  }

  static List<Unmapped> unmapped(String @Nullable [] flat) {
    return pairs(flat, (segment, text) -> new Unmapped(Long.parseLong(segment), text));
  }

  private static <T> @Nullable List<@Nullable String> pairs(
      List<T> list, Function<T, String> first, Function<T, String> second) {
    if (list.isEmpty()) {
      return null;
    }
    List<@Nullable String> flat = new ArrayList<>(list.size() * 2);
    for (T each : list) {
      flat.add(first.apply(each));
      flat.add(second.apply(each));
    }
    return flat;
  }

  private static <T> List<T> pairs(String @Nullable [] flat, BiFunction<String, String, T> of) {
    if (flat == null) {
      return List.of();
    }
    List<T> list = new ArrayList<>(flat.length / 2);
    for (int i = 0; i < flat.length; i += 2) {
      list.add(of.apply(flat[i], flat[i + 1]));
    }
    return List.copyOf(list);
  }

  /** The modifiers of a procedure, or remark codes: as they are. */
  static @Nullable List<@Nullable String> plain(List<String> list) {
    return list.isEmpty() ? null : new ArrayList<@Nullable String>(list);
  }

  static List<String> plain(String @Nullable [] flat) {
    return flat == null ? List.of() : List.of(flat);
  }

  /** Eight values for each person. */
  static @Nullable List<@Nullable String> people(List<Person> people) {
    if (people.isEmpty()) {
      return null;
    }
    List<@Nullable String> flat = new ArrayList<>(people.size() * PERSON);
    for (Person person : people) {
      flat.add(person.entity());
      flat.add(person.organization() ? "2" : "1");
      flat.add(person.lastName());
      flat.add(person.firstName());
      flat.add(person.middleName());
      flat.add(person.suffix());
      flat.add(person.idQualifier());
      flat.add(person.id());
    }
    return flat;
  }

  static List<Person> people(@Nullable String @Nullable [] flat) {
    if (flat == null) {
      return List.of();
    }
    List<Person> people = new ArrayList<>(flat.length / PERSON);
    for (int i = 0; i < flat.length; i += PERSON) {
      people.add(
          new Person(
              text(flat[i]),
              "2".equals(flat[i + 1]),
              flat[i + 2],
              flat[i + 3],
              flat[i + 4],
              flat[i + 5],
              flat[i + 6],
              flat[i + 7]));
    }
    return List.copyOf(people);
  }

  /** For each contact its function, its name, how many channels, and these. */
  static @Nullable List<@Nullable String> contacts(List<Contact> contacts) {
    if (contacts.isEmpty()) {
      return null;
    }
    List<@Nullable String> flat = new ArrayList<>();
    for (Contact contact : contacts) {
      flat.add(contact.function());
      flat.add(contact.name());
      flat.add(Integer.toString(contact.channels().size()));
      for (Contact.Channel channel : contact.channels()) {
        flat.add(channel.qualifier());
        flat.add(channel.value());
      }
    }
    return flat;
  }

  static List<Contact> contacts(@Nullable String @Nullable [] flat) {
    if (flat == null) {
      return List.of();
    }
    List<Contact> contacts = new ArrayList<>();
    int i = 0;
    while (i < flat.length) {
      String function = text(flat[i]);
      String name = flat[i + 1];
      int count = Integer.parseInt(text(flat[i + 2]));
      i += 3;
      List<Contact.Channel> channels = new ArrayList<>(count);
      for (int channel = 0; channel < count; channel++) {
        channels.add(new Contact.Channel(text(flat[i]), text(flat[i + 1])));
        i += 2;
      }
      contacts.add(new Contact(function, name, List.copyOf(channels)));
    }
    return List.copyOf(contacts);
  }

  /** Figures by designator and value, then remarks by the word {@value #REMARK} and code. */
  static @Nullable List<@Nullable String> outcome(@Nullable Outcome outcome) {
    if (outcome == null) {
      return null;
    }
    List<@Nullable String> flat = new ArrayList<>();
    for (Figure figure : outcome.figures()) {
      flat.add(figure.designator());
      flat.add(figure.value().toPlainString());
    }
    for (String remark : outcome.remarks()) {
      flat.add(REMARK);
      flat.add(remark);
    }
    return flat;
  }

  static @Nullable Outcome outcome(String @Nullable [] flat) {
    if (flat == null) {
      return null;
    }
    List<Figure> figures = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (int i = 0; i < flat.length; i += 2) {
      if (flat[i].equals(REMARK)) {
        remarks.add(flat[i + 1]);
      } else {
        figures.add(new Figure(flat[i], new BigDecimal(flat[i + 1])));
      }
    }
    return new Outcome(List.copyOf(figures), List.copyOf(remarks));
  }

  /** Qualifier, code, description, then the modifiers. */
  static @Nullable List<@Nullable String> procedure(@Nullable Procedure procedure) {
    if (procedure == null) {
      return null;
    }
    List<@Nullable String> flat = new ArrayList<>();
    flat.add(procedure.qualifier());
    flat.add(procedure.code());
    flat.add(procedure.description());
    flat.addAll(procedure.modifiers());
    return flat;
  }

  static @Nullable Procedure procedure(@Nullable String @Nullable [] flat) {
    if (flat == null) {
      return null;
    }
    List<String> modifiers = new ArrayList<>();
    for (String modifier : Arrays.asList(flat).subList(3, flat.length)) {
      modifiers.add(text(modifier));
    }
    return new Procedure(text(flat[0]), text(flat[1]), List.copyOf(modifiers), flat[2]);
  }

  static @Nullable List<@Nullable String> account(Remittance.@Nullable BankAccount account) {
    return account == null
        ? null
        : Arrays.asList(
            account.bankQualifier(), account.bank(), account.accountQualifier(), account.account());
  }

  static Remittance.@Nullable BankAccount account(@Nullable String @Nullable [] flat) {
    return flat == null || flat.length != ACCOUNT
        ? null
        : new Remittance.BankAccount(flat[0], flat[1], flat[2], flat[3]);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
