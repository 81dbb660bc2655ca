package org.openrcm.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an account holds of people: a column of table {@code account} each, as text. */
enum Field {
  LAST_NAME(Topic.NAME, "Last name", 60),
  FIRST_NAME(Topic.NAME, "First name", 35),
  MIDDLE_NAME(Topic.NAME, "Middle name", 25),
  SUFFIX(Topic.NAME, "Suffix", 10),
  BIRTH_DATE(Topic.BIRTH_DATE, "Birth date", 10),
  SEX(Topic.SEX, "Sex", 1),
  ADDRESS_1(Topic.ADDRESS, "Street", 55),
  ADDRESS_2(Topic.ADDRESS, "Street, second line", 55),
  CITY(Topic.ADDRESS, "City", 30),
  STATE(Topic.ADDRESS, "State", 2),
  POSTAL_CODE(Topic.ADDRESS, "ZIP code", 15),
  COUNTRY(Topic.ADDRESS, "Country", 3),
  PHONE(Topic.PHONE, "Phone", 30),
  EMAIL(Topic.CONTACT, "E-mail", 254),
  LANGUAGE(Topic.CONTACT, "Language", 2),
  CHANNEL(Topic.CONTACT, "Prefers", 10),
  PAPER(Topic.CONTACT, "Paper statements", 5),
  GUARANTOR_RELATIONSHIP(Topic.GUARANTOR, "Guarantor is the patient's", 10),
  GUARANTOR_LAST_NAME(Topic.GUARANTOR, "Guarantor's last name", 60),
  GUARANTOR_FIRST_NAME(Topic.GUARANTOR, "Guarantor's first name", 35),
  GUARANTOR_BIRTH_DATE(Topic.GUARANTOR, "Guarantor's birth date", 10),
  GUARANTOR_ADDRESS_1(Topic.GUARANTOR, "Guarantor's street", 55),
  GUARANTOR_ADDRESS_2(Topic.GUARANTOR, "Guarantor's street, second line", 55),
  GUARANTOR_CITY(Topic.GUARANTOR, "Guarantor's city", 30),
  GUARANTOR_STATE(Topic.GUARANTOR, "Guarantor's state", 2),
  GUARANTOR_POSTAL_CODE(Topic.GUARANTOR, "Guarantor's ZIP code", 15),
  GUARANTOR_COUNTRY(Topic.GUARANTOR, "Guarantor's country", 3),
  GUARANTOR_PHONE(Topic.GUARANTOR, "Guarantor's phone", 30);

  private static final String SQL_BOOLEAN = "boolean";

  private final Topic topic;
  private final String label;
  private final int longest;

  Field(Topic topic, String label, int longest) {
    this.topic = topic;
    this.label = label;
    this.longest = longest;
  }

  Topic topic() {
    return topic;
  }

  public String label() {
    return label;
  }

  /** How many characters somebody may type. */
  public int longest() {
    return longest;
  }

  /** As columns and form fields are called. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isDay() {
    return this == BIRTH_DATE || this == GUARANTOR_BIRTH_DATE;
  }

  /** The type of its column. */
  String type() {
    return isDay() ? "date" : this == PAPER ? SQL_BOOLEAN : "text";
  }

  @Nullable String read(ResultSet row) throws SQLException {
    return this == PAPER ? String.valueOf(row.getBoolean(column())) : row.getString(column());
  }

  /** What it is while nobody says anything. */
  @Nullable String usual() {
    return switch (this) {
      case LANGUAGE -> "en";
      case CHANNEL -> "MAIL";
      case PAPER -> "true";
      default -> null;
    };
  }

  static List<Field> of(Topic topic) {
    return Arrays.stream(values()).filter(field -> field.topic == topic).toList();
  }
}
