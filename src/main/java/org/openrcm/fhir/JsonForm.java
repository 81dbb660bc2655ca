package org.openrcm.fhir;

import ca.uhn.fhir.model.api.annotation.DatatypeDef;
import com.fasterxml.jackson.core.io.SerializedString;
import org.hl7.fhir.instance.model.api.IBaseDatatype;
import org.hl7.fhir.instance.model.api.IBaseIntegerDatatype;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;

/** How the values of one class are written in one place: name, {@code _name} and kind. */
record JsonForm(
    Class<?> type,
    SerializedString name,
    SerializedString sideName,
    Kind kind,
    @Nullable JsonShape shape) {
  private static final ClassValue<JsonForm> EXTENSION_VALUES =
      new ClassValue<>() {
        @Override
        protected JsonForm computeValue(Class<?> type) {
          return of("value" + capitalized(datatypeName(type)), Kind.of(type), type);
        }
      };

  static JsonForm of(String name, Kind kind, Class<?> type) {
    JsonShape shape = kind.isComposite() ? JsonShape.of(type) : null;
    return new JsonForm(
        type, new SerializedString(name), new SerializedString("_" + name), kind, shape);
  }

  /**
   * How a value of this class is written where several types are allowed.
   *
   * @param allowed the class by which it is
   */
  static JsonForm choice(String name, Class<?> allowed, Class<?> type) {
    return of(name + capitalized(choiceName(allowed)), Kind.of(type), type);
  }

  /** How an {@code Extension.value[x]} of this class is written. */
  static JsonForm extensionValue(Class<?> type) {
    return EXTENSION_VALUES.get(type);
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

    static Kind of(Class<?> type) {
      if (!isHapis(type)) {
        throw new IllegalArgumentException("not a class of HAPI's R4 model: " + type.getName());
      } else if (PrimitiveType.class.isAssignableFrom(type)) {
        return primitive(type);
      } else if (type == XhtmlNode.class) {
        return XHTML;
      } else if (type == Reference.class) {
        return REFERENCE;
      } else if (type == Meta.class) {
        return META;
      } else if (Resource.class.isAssignableFrom(type)) {
        return RESOURCE;
      } else if (Element.class.isAssignableFrom(type)) {
        return COMPOSITE;
      }
      throw new IllegalArgumentException("neither an element nor a resource: " + type.getName());
    }

    private static Kind primitive(Class<?> type) {
      if (type == IdType.class) {
        return ID;
      } else if (IBaseIntegerDatatype.class.isAssignableFrom(type)) {
        return INTEGER;
      } else if (type == DecimalType.class) {
        return DECIMAL;
      } else if (type == BooleanType.class) {
        return BOOLEAN;
      }
      if (UriType.class.isAssignableFrom(type)) {
        return URI;
      }
      return type == Base64BinaryType.class ? BINARY : TEXT;
    }
  }

  static boolean isHapis(Class<?> type) {
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
