package org.openrcm.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an act was about.
 *
 * @param type such as {@code Remittance}, {@code ReceivedFile}, or a FHIR resource type
 * @param id of the one thing, null for a list or a search
 * @param query a search as it was sent, each byte one character (ISO 8859-1); null when it was none
 */
public record Subject(String type, @Nullable String id, @Nullable String query) {

  public static Subject of(String type, UUID id) {
    return new Subject(type, id.toString(), null);
  }

  public static Subject of(String type, String id) {
    return new Subject(type, id, null);
  }

  public static Subject list(String type) {
    return new Subject(type, null, null);
  }

  public static Subject search(String type, String query) {
    return new Subject(type, null, query);
  }
}
