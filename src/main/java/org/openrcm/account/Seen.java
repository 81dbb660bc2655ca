package org.openrcm.account;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim says of its patient.
 *
 * @param claim its number
 * @param control CLM01
 * @param on of two claims the later one counts
 * @param guarantor the subscriber when the patient is another person, otherwise null
 * @param coverages those that the claim names
 */
public record Seen(
    long claim,
    String control,
    LocalDate on,
    Person patient,
    @Nullable Person guarantor,
    List<SeenCoverage> coverages) {

  /** Somebody as a claim describes them. */
  public record Person(
      @Nullable String lastName,
      @Nullable String firstName,
      @Nullable String middleName,
      @Nullable String suffix,
      @Nullable LocalDate birthDate,
      @Nullable String sex,
      List<String> addressLines,
      @Nullable String city,
      @Nullable String state,
      @Nullable String postalCode,
      @Nullable String country,
      @Nullable String phone) {

    /** Whether anything is known of where they live. */
    boolean hasAddress() {
      return !addressLines.isEmpty() || city != null || postalCode != null;
    }

    /** The same person, at the address of another. */
    Person at(Person home) {
      return new Person(
          lastName,
          firstName,
          middleName,
          suffix,
          birthDate,
          sex,
          home.addressLines,
          home.city,
          home.state,
          home.postalCode,
          home.country,
          phone);
    }
  }

  /**
   * A coverage that a claim or a remittance names.
   *
   * @param rank 1 is billed first
   * @param group number of the group or policy
   * @param filingIndicator SBR09
   * @param relationship of the patient to the subscriber, as sent; 18 is self
   */
  public record SeenCoverage(
      int rank,
      @Nullable String payerName,
      @Nullable String payerId,
      @Nullable String memberId,
      @Nullable String group,
      @Nullable String groupName,
      @Nullable String filingIndicator,
      @Nullable String relationship,
      @Nullable String subscriberName) {}

  /** The coverage that is billed first, null when the claim names none. */
  @Nullable SeenCoverage first() {
    SeenCoverage first = null;
    for (SeenCoverage each : coverages) {
      if (first == null || each.rank() < first.rank()) {
        first = each;
      }
    }
    return first;
  }
}
