package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * REF.
 *
 * @param qualifier REF01
 * @param value REF02
 * @param payer REF04-2: the other payer whose number it is (REF04-1 is {@code 2U}), or null
 */
public record ClaimReference(String qualifier, String value, @Nullable String payer) {

  static @Nullable String first(List<ClaimReference> references, String qualifier) {
    for (ClaimReference reference : references) {
      if (reference.qualifier().equals(qualifier)) {
        return reference.value();
      }
    }
    return null;
  }
}
