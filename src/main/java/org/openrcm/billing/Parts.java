package org.openrcm.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.x12.Segment;

/** Turns segments that several loops share into the values they stand for. */
public final class Parts {
  /** Places in C003, from 0. */
  private static final int FIRST_MODIFIER = 2;

  private static final int LAST_MODIFIER = 5;
  private static final int DESCRIPTION = 6;

  private final Values values;

  public Parts(Values values) {
    this.values = values;
  }

  public static Person person(Segment nm1) {
    return new Person(
        nm1.text(1),
        nm1.is(2, "2"),
        nm1.textOrNull(3),
        nm1.textOrNull(4),
        nm1.textOrNull(5),
        nm1.textOrNull(7),
        nm1.textOrNull(8),
        nm1.textOrNull(9));
  }

  public static Reference reference(Segment ref) {
    return new Reference(ref.text(1), ref.text(2));
  }

  public static Contact contact(Segment per) {
    List<Contact.Channel> channels = new ArrayList<>(3);
    for (int i = 3; i <= 7; i += 2) {
      if (per.has(i) && per.has(i + 1)) {
        channels.add(new Contact.Channel(per.text(i), per.text(i + 1)));
      }
    }
    return new Contact(per.text(1), per.textOrNull(2), List.copyOf(channels));
  }

  /** A procedure composite (C003), or null when the element is empty. */
  public static @Nullable Procedure procedure(Segment svc, int element) {
    if (svc.isEmpty(element)) {
      return null;
    }
    List<String> parts = svc.components(element);
    List<String> modifiers = List.of();
    for (int i = FIRST_MODIFIER; i <= LAST_MODIFIER && i < parts.size(); i++) {
      if (!parts.get(i).isEmpty()) {
        modifiers = modifiers.isEmpty() ? new ArrayList<>(4) : modifiers;
        modifiers.add(parts.get(i));
      }
    }
    String description = parts.size() > DESCRIPTION ? parts.get(DESCRIPTION) : "";
    return new Procedure(
        parts.get(0),
        parts.size() > 1 ? parts.get(1) : "",
        frozen(modifiers),
        description.isEmpty() ? null : description);
  }

  /** The list as it is now, for good. */
  public static <T> List<T> frozen(List<T> list) {
    return switch (list.size()) {
      case 0 -> List.of();
      case 1 -> List.of(list.get(0));
      case 2 -> List.of(list.get(0), list.get(1));
      default -> List.copyOf(list);
    };
  }

  public void date(Segment dtm, List<Dated> into) {
    LocalDate date = values.date(dtm, 2);
    if (date != null) {
      into.add(new Dated(dtm.text(1), date));
    }
  }

  public void amount(Segment amt, List<Amount> into) {
    Money money = values.money(amt, 2);
    if (money != null) {
      into.add(new Amount(amt.text(1), money));
    }
  }

  public void quantity(Segment qty, List<Quantity> into) {
    BigDecimal value = values.quantity(qty, 2);
    if (value != null) {
      into.add(new Quantity(qty.text(1), value));
    }
  }

  /** Up to six triplets of a CAS; false when one has a reason but no amount that can be read. */
  public boolean adjustments(Segment cas, List<Adjustment> into) {
    String group = cas.text(1);
    for (int i = 2; i <= 17; i += 3) {
      if (cas.isEmpty(i) && cas.isEmpty(i + 1)) {
        continue;
      }
      Money money = values.money(cas, i + 1);
      if (money == null) {
        return false;
      }
      into.add(
          new Adjustment(group, cas.text(i), money, values.quantity(cas, i + 2), cas.number()));
    }
    return true;
  }
}
