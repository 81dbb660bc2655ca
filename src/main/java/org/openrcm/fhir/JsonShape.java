package org.openrcm.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.ChildOrder;
import ca.uhn.fhir.model.api.annotation.DatatypeDef;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.JsonForm.Kind;

/**
 * The children of one class of HAPI's R4 model, in the order and under the names that FHIR's JSON
 * gives them.
 *
 * <p>Read from the annotations on HAPI's fields, the same that HAPI's runtime definitions are made
 * of. Those definitions are not asked themselves, because building them scans the whole R4 model
 * and costs a program seconds before its first resource; a test holds the two equal.
 */
final class JsonShape {
  private static final ClassValue<JsonShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected JsonShape computeValue(Class<?> type) {
          return new JsonShape(type);
        }
      };

  /** HAPI leaves elements of these names out of contained resources, wherever they stand. */
  private static final Set<String> NOT_IN_CONTAINED =
      Set.of("security", "versionId", "lastUpdated");

  private final Slot[] slots;
  private final Slot[] slotsInContained;

  private JsonShape(Class<?> type) {
    if (!JsonForm.isHapis(type)) {
      throw new IllegalArgumentException("not a class of HAPI's R4 model: " + type.getName());
    }
    slots = ordered(type).stream().filter(slot -> !slot.name.equals("id")).toArray(Slot[]::new);
    slotsInContained =
        Arrays.stream(slots)
            .filter(slot -> !NOT_IN_CONTAINED.contains(slot.name))
            .toArray(Slot[]::new);
  }

  static JsonShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Every child that is written but {@code id}, in JSON order; callers keep the array as it is. */
  Slot[] slots(boolean inContained) {
    return inContained ? slotsInContained : slots;
  }

  /** What a child is to its parent. */
  enum Role {
    VALUE,
    LIST,
    META,
    CONTAINED,
    EXTENSION,
    MODIFIER_EXTENSION
  }

  /** One child: a field of HAPI's class and the forms that its values have shown so far. */
  static final class Slot {
    final String name;
    final Role role;
    final boolean repeats;
    private final Field field;
    private final Class<?> declaredType;
    private final Class<?>[] choices;
    private volatile JsonForm[] forms = {};

    private Slot(Field field, Child child) {
      this.field = field;
      this.name = child.name();
      this.repeats = child.max() > 1 || child.max() == Child.MAX_UNLIMITED;
      this.declaredType = elementTypeOf(field);
      this.choices = child.type();
      this.role = roleOf();
      field.setAccessible(true);
      if (repeats != List.class.equals(field.getType())) {
        throw new IllegalArgumentException("a list that may not repeat: " + field);
      }
    }

    private Role roleOf() {
      if (declaredType == Extension.class) {
        return name.equals("extension") ? Role.EXTENSION : Role.MODIFIER_EXTENSION;
      }
      if (declaredType == Meta.class && name.equals("meta")) {
        return Role.META;
      }
      if (name.equals("contained")) {
        return Role.CONTAINED;
      }
      return repeats ? Role.LIST : Role.VALUE;
    }

    /** The field's value in this element: null, a list if the child repeats, or one value. */
    @Nullable Object read(Object element) {
      try {
        return field.get(element);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("not readable: " + field, e);
      }
    }

    /** How a value of this class is written here. */
    JsonForm form(Class<?> type) {
      for (JsonForm form : forms) {
        if (form.type() == type) {
          return form;
        }
      }
      return newForm(type);
    }

    private synchronized JsonForm newForm(Class<?> type) {
      JsonForm form = isChoice() ? choiceForm(type) : plainForm(type);
      JsonForm[] longer = Arrays.copyOf(forms, forms.length + 1);
      longer[forms.length] = form;
      forms = longer;
      return form;
    }

    private boolean isChoice() {
      return declaredType == org.hl7.fhir.r4.model.Type.class;
    }

    private JsonForm plainForm(Class<?> type) {
      Kind kind = Kind.of(type);
      // A code in a string's place is written as a string is: the declared type decides.
      return JsonForm.of(name, kind.isPrimitive() ? Kind.of(declaredType) : kind, type);
    }

    private JsonForm choiceForm(Class<?> type) {
      Class<?> candidate = type == Enumeration.class ? CodeType.class : type;
      while (candidate != null && !allows(candidate)) {
        candidate = candidate.getSuperclass();
      }
      if (candidate == null) {
        throw new IllegalArgumentException(
            field.getDeclaringClass().getSimpleName()
                + "."
                + name
                + " cannot be "
                + type.getName());
      }
      return JsonForm.choice(name, candidate, type);
    }

    private boolean allows(Class<?> candidate) {
      if (choices.length == 0) {
        return candidate.isAnnotationPresent(DatatypeDef.class);
      }
      for (Class<?> choice : choices) {
        if (choice == candidate
            || (candidate == Reference.class && Resource.class.isAssignableFrom(choice))) {
          return true;
        }
      }
      return false;
    }
  }

  private static List<Slot> ordered(Class<?> type) {
    TreeMap<Integer, Slot> byOrder = new TreeMap<>();
    for (Class<?> level : lineage(type)) {
      int base = byOrder.isEmpty() ? 0 : byOrder.lastKey() + 1;
      for (Field field : level.getDeclaredFields()) {
        Child child = field.getAnnotation(Child.class);
        if (child == null || Modifier.isFinal(field.getModifiers())) {
          continue;
        }
        if (child.order() < 0
            || byOrder.put(base + child.order(), new Slot(field, child)) != null) {
          throw new IllegalArgumentException("no place in the order for " + field);
        }
      }
    }
    return inForcedOrder(type, new ArrayList<>(byOrder.values()));
  }

  /** Resources of the MetadataResource family say their order apart; what it omits comes first. */
  private static List<Slot> inForcedOrder(Class<?> type, List<Slot> slots) {
    ChildOrder forced = null;
    for (Class<?> level : lineage(type)) {
      ChildOrder own = level.getDeclaredAnnotation(ChildOrder.class);
      forced = own == null ? forced : own;
    }
    if (forced == null) {
      return slots;
    }
    Map<String, Integer> places = new TreeMap<>();
    for (String name : forced.names()) {
      places.put(name.replace("[x]", ""), places.size());
    }
    slots.sort((a, b) -> places.getOrDefault(a.name, -1) - places.getOrDefault(b.name, -1));
    return slots;
  }

  private static Deque<Class<?>> lineage(Class<?> type) {
    Deque<Class<?>> rootFirst = new ArrayDeque<>();
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      rootFirst.addFirst(level);
    }
    return rootFirst;
  }

  private static Class<?> elementTypeOf(Field field) {
    Type type = field.getGenericType();
    if (List.class.equals(field.getType())) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }
}
