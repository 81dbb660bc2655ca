package org.openrcm.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.Person;
import org.openrcm.account.Seen.SeenCoverage;

/**
 * An account as it stands: what claims say, with what people corrected.
 *
 * @param language in which they are written to: {@code en}, {@code es}
 * @param paper whether statements go by mail
 * @param guarantor who pays what insurers do not; null when that is the patient
 * @param relationship what the guarantor is to the patient: SPOUSE, PARENT, PARTNER, OTHER
 * @param coverages in the order in which they are billed; then those that ended
 * @param claims all that are on it, the latest first
 */
public record Portrait(
    long number,
    UUID id,
    Person patient,
    @Nullable String email,
    String language,
    boolean paper,
    @Nullable Person guarantor,
    @Nullable String relationship,
    List<Insured> coverages,
    List<Billed> claims) {

  private static final int OF_AGE = 18;

  /**
   * Where one is of age later: Ala. Code 26-1-1, Neb. Rev. Stat. 43-2101, Miss. Code 1-3-27, Puerto
   * Rico's Civil Code of 2020 (Act 55-2020).
   */
  private static final Map<String, Integer> OF_AGE_LATER =
      Map.of("AL", 19, "NE", 19, "MS", 21, "PR", 21);

  /**
   * A coverage.
   *
   * @param payersMemberId the payer's word on the member number; null where it has none
   * @param endedOn since when it is not to be billed any more
   */
  public record Insured(
      SeenCoverage said, @Nullable String payersMemberId, @Nullable LocalDate endedOn) {}

  /**
   * A claim on the account.
   *
   * @param patient by the id of its FHIR Patient
   * @param control CLM01
   */
  public record Billed(long number, UUID id, UUID patient, String control) {}

  static Portrait of(State state, List<Coverage> shown, List<Billed> claims) {
    return new Portrait(
        state.number(),
        state.id(),
        patient(state),
        state.value(Field.EMAIL),
        "es".equals(state.value(Field.LANGUAGE)) ? "es" : "en",
        !"false".equals(state.value(Field.PAPER)),
        guarantor(state),
        state.value(Field.GUARANTOR_RELATIONSHIP),
        shown.stream()
            .map(each -> new Insured(each.said(), each.payersMemberId(), each.endedOn()))
            .toList(),
        claims);
  }

  /**
   * Who is written to: the guarantor where there is one, at the patient's address where none of
   * their own is known. (A claim says a subscriber's only where the subscriber is the patient: loop
   * 2010BA, N3.)
   */
  public Person addressee() {
    if (guarantor == null) {
      return patient;
    }
    return guarantor.hasAddress() ? guarantor : guarantor.at(patient);
  }

  /** Whether the patient is under age on a day and nobody else is known who pays. */
  public boolean wantsGuardian(LocalDate day) {
    LocalDate born = patient.birthDate();
    int years =
        patient.state() == null ? OF_AGE : OF_AGE_LATER.getOrDefault(patient.state(), OF_AGE);
    return guarantor == null && born != null && born.plusYears(years).isAfter(day);
  }

  private static Person patient(State state) {
    return new Person(
        state.value(Field.LAST_NAME),
        state.value(Field.FIRST_NAME),
        state.value(Field.MIDDLE_NAME),
        state.value(Field.SUFFIX),
        day(state, Field.BIRTH_DATE),
        state.value(Field.SEX),
        lines(state, Field.ADDRESS_1, Field.ADDRESS_2),
        state.value(Field.CITY),
        state.value(Field.STATE),
        state.value(Field.POSTAL_CODE),
        state.value(Field.COUNTRY),
        state.value(Field.PHONE));
  }

  private static @Nullable Person guarantor(State state) {
    if (state.value(Field.GUARANTOR_LAST_NAME) == null) {
      return null;
    }
    return new Person(
        state.value(Field.GUARANTOR_LAST_NAME),
        state.value(Field.GUARANTOR_FIRST_NAME),
        null,
        null,
        day(state, Field.GUARANTOR_BIRTH_DATE),
        null,
        lines(state, Field.GUARANTOR_ADDRESS_1, Field.GUARANTOR_ADDRESS_2),
        state.value(Field.GUARANTOR_CITY),
        state.value(Field.GUARANTOR_STATE),
        state.value(Field.GUARANTOR_POSTAL_CODE),
        state.value(Field.GUARANTOR_COUNTRY),
        state.value(Field.GUARANTOR_PHONE));
  }

  private static List<String> lines(State state, Field... fields) {
    return Stream.of(fields).flatMap(field -> Stream.ofNullable(state.value(field))).toList();
  }

  private static @Nullable LocalDate day(State state, Field field) {
    String day = state.value(field);
    return day == null ? null : LocalDate.parse(day);
  }
}
