package org.openrcm.remittance;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.Reference;
import org.openrcm.vault.FieldVault;

/**
 * Where a social security number can stand in a record, and when what stands there is one: the rule
 * for what the database has closed, the same for records and for their JSON. It holds for what is
 * closed as for what is open, for it asks a qualifier that stays as it is.
 */
enum Guarded {
  /** NM109, N104. */
  PERSON("idQualifier", "id") {
    @Override
    boolean is(@Nullable String qualifier, String value) {
      return Person.isSsn(qualifier);
    }
  },
  /** REF02. */
  REFERENCE("qualifier", "value") {
    @Override
    boolean is(@Nullable String qualifier, String value) {
      return Reference.isSsn(qualifier);
    }
  },
  /**
   * A segment that nothing is known of, with an element that announces such a number; and one that
   * looks closed as it was sent, so that it is not taken for one that we closed.
   */
  SEGMENT("segment", "text") {
    @Override
    boolean is(@Nullable String qualifier, String value) {
      return ANNOUNCED.matcher(value).find() || FieldVault.isClosed(value);
    }
  };

  private static final Pattern ANNOUNCED = Pattern.compile("[^A-Za-z0-9](34|SY)([^A-Za-z0-9]|$)");

  private final String qualifier;
  private final String field;

  Guarded(String qualifier, String field) {
    this.qualifier = qualifier;
    this.field = field;
  }

  /** The field, in JSON, that says what the number is; a segment has its place there. */
  String qualifier() {
    return qualifier;
  }

  /** The field, in JSON, that the number is in. */
  String field() {
    return field;
  }

  /** Whether this value is to be closed, or was. */
  abstract boolean is(@Nullable String qualifier, String value);

  /** Whether there can be one in this JSON, which is not closed yet. */
  static boolean mayHold(String json) {
    return json.contains("\"34\"") || json.contains("\"SY\"") || json.contains("\"unmapped\"");
  }
}
