package org.openrcm.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Binary is wanted as it is, or as a resource (FHIR R4, binary, "Serving Binary Resources
 * using the RESTful API"): a resource is for those who ask for FHIR and prefer nothing to it.
 */
final class AskedFor {
  private AskedFor() {}

  static boolean bytes(RequestDetails request) {
    return !request.getParameters().containsKey("_format") && bytes(request.getHeader("Accept"));
  }

  /** By the header Accept: the best of what can be had, the first of those that are as good. */
  static boolean bytes(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    BigDecimal best = BigDecimal.ZERO;
    boolean bytes = false;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].trim().toLowerCase(Locale.ROOT);
      boolean raw =
          type.equals(StatementDocuments.PDF) || type.equals("application/*") || type.equals("*/*");
      if ((raw || Protocol.isFhir(type)) && quality(parts).compareTo(best) > 0) {
        best = quality(parts);
        bytes = raw;
      }
    }
    return bytes;
  }

  private static BigDecimal quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].trim();
      if (part.matches("q=[01](\\.\\d{0,3})?")) {
        return new BigDecimal(part.substring(2));
      }
    }
    return BigDecimal.ONE;
  }
}
