package org.openrcm.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.ChildOrder;
import ca.uhn.fhir.model.api.annotation.DatatypeDef;
import com.fasterxml.jackson.core.io.SerializedString;
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
import org.hl7.fhir.instance.model.api.IBaseDatatype;
import org.hl7.fhir.instance.model.api.IBaseIntegerDatatype;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;

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

  private static final ClassValue<Form> EXTENSION_VALUES =
      new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
          return Form.of("value" + capitalized(datatypeName(type)), kindOf(type), type);
        }
      };

  /** HAPI leaves elements of these names out of contained resources, wherever they stand. */
  private static final Set<String> NOT_IN_CONTAINED =
      Set.of("security", "versionId", "lastUpdated");

  private final Slot[] slots;
  private final Slot[] slotsInContained;

  private JsonShape(Class<?> type) {
    if (!isHapis(type)) {
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

  /** How an {@code Extension.value[x]} of this class is written. */
  static Form extensionValue(Class<?> type) {
    return EXTENSION_VALUES.get(type);
  }

  /** Every child that is written but {@code id}, in JSON order; callers keep the array as it is. */
  Slot[] slots(boolean inContained) {
    return inContained ? slotsInContained : slots;
  }

  /** What is written for a value: how its bytes come about. */
  enum Kind {
    ID(true),
    TEXT(true),
    URI(true),
    INTEGER(true),
    DECIMAL(true),
    BOOLEAN(true),
    BINARY(true),
    XHTML(false),
    REFERENCE(false),
    META(false),
    COMPOSITE(false),
    RESOURCE(false);

    private final boolean primitive;

    Kind(boolean primitive) {
      this.primitive = primitive;
    }

    /** Whether the value is a JSON scalar that may have a {@code _name} object beside it. */
    boolean isPrimitive() {
      return primitive;
    }

    /** Whether the value is a JSON object of its class's own children. */
    boolean isComposite() {
      return this == REFERENCE || this == META || this == COMPOSITE;
    }
  }

  /** How the values of one class are written in one place: name, {@code _name} and kind. */
  record Form(
      Class<?> type,
      SerializedString name,
      SerializedString sideName,
      Kind kind,
      @Nullable JsonShape shape) {
    static Form of(String name, Kind kind, Class<?> type) {
      JsonShape shape = kind.isComposite() ? JsonShape.of(type) : null;
      return new Form(
          type, new SerializedString(name), new SerializedString("_" + name), kind, shape);
    }
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
    private volatile Form[] forms = {};

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
    Form form(Class<?> type) {
      for (Form form : forms) {
        if (form.type == type) {
          return form;
        }
      }
      return newForm(type);
    }

    private synchronized Form newForm(Class<?> type) {
      Form form = isChoice() ? choiceForm(type) : plainForm(type);
      Form[] longer = Arrays.copyOf(forms, forms.length + 1);
      longer[forms.length] = form;
      forms = longer;
      return form;
    }

    private boolean isChoice() {
      return declaredType == org.hl7.fhir.r4.model.Type.class;
    }

    private Form plainForm(Class<?> type) {
      Kind kind = kindOf(type);
      // A code in a string's place is written as a string is: the declared type decides.
      return Form.of(name, kind.isPrimitive() ? kindOf(declaredType) : kind, type);
    }

    private Form choiceForm(Class<?> type) {
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
      return Form.of(name + capitalized(choiceName(candidate)), kindOf(type), type);
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

  private static Kind kindOf(Class<?> type) {
    if (!isHapis(type)) {
      throw new IllegalArgumentException("not a class of HAPI's R4 model: " + type.getName());
    } else if (PrimitiveType.class.isAssignableFrom(type)) {
      return primitiveKindOf(type);
    } else if (type == XhtmlNode.class) {
      return Kind.XHTML;
    } else if (type == Reference.class) {
      return Kind.REFERENCE;
    } else if (type == Meta.class) {
      return Kind.META;
    } else if (Resource.class.isAssignableFrom(type)) {
      return Kind.RESOURCE;
    } else if (Element.class.isAssignableFrom(type)) {
      return Kind.COMPOSITE;
    }
    throw new IllegalArgumentException("neither an element nor a resource: " + type.getName());
  }

  private static Kind primitiveKindOf(Class<?> type) {
    if (type == IdType.class) {
      return Kind.ID;
    } else if (IBaseIntegerDatatype.class.isAssignableFrom(type)) {
      return Kind.INTEGER;
    } else if (type == DecimalType.class) {
      return Kind.DECIMAL;
    } else if (type == BooleanType.class) {
      return Kind.BOOLEAN;
    }
    if (UriType.class.isAssignableFrom(type)) {
      return Kind.URI;
    }
    return type == Base64BinaryType.class ? Kind.BINARY : Kind.TEXT;
  }

  private static boolean isHapis(Class<?> type) {
    return type.getPackageName().equals(Resource.class.getPackageName()) || type == XhtmlNode.class;
  }

  /** A profiled composite, such as SimpleQuantity, goes by the name of what it profiles. */
  private static String choiceName(Class<?> type) {
    DatatypeDef datatype = type.getDeclaredAnnotation(DatatypeDef.class);
    if (datatype == null || PrimitiveType.class.isAssignableFrom(type)) {
      return datatypeName(type);
    }
    Class<?> profiled = datatype.profileOf();
    return datatypeName(profiled == IBaseDatatype.class ? type : profiled);
  }

  private static String datatypeName(Class<?> type) {
    DatatypeDef datatype = type.getDeclaredAnnotation(DatatypeDef.class);
    if (datatype == null) {
      throw new IllegalArgumentException("not a FHIR datatype: " + type.getName());
    }
    return datatype.name();
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
