package org.openrcm.audit;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an act was about.
 *
 * @param type such as {@code Remittance}, {@code ReceivedFile}, or a FHIR resource type
 * @param id of the one thing, null for a list or a search
 * @param query a search as it was sent, each byte one character (ISO 8859-1); null when it was none
 */
public record Subject(String type, @Nullable String id, @Nullable String query) {
  /** In a FHIR search, a number whose system says that it is a social security number. */
  private static final Pattern SSN = Pattern.compile("(us-ssn(?:\\||%7[Cc]))[^&,]*");

  public static Subject of(String type, UUID id) {
    return new Subject(type, id.toString(), null);
  }

  public static Subject of(String type, String id) {
    return new Subject(type, id, null);
  }

  public static Subject list(String type) {
    return new Subject(type, null, null);
  }

  /** As it was sent, but that the record is not where social security numbers are to be found. */
  public static Subject search(String type, String query) {
    return new Subject(type, null, SSN.matcher(query).replaceAll("$1***"));
  }
}
