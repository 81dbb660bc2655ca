package org.openrcm.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;

/**
 * Where a resource comes from, for {@code meta.source}: {@code urn:sha256:<hash of the
 * file>#<ISA13>/<GS06>/<ST02>/<segment>}, the segment counted from ST = 1.
 */
final class Source {
  private Source() {}

  /** All but the segment. */
  static String prefix(SetSource source) {
    return "urn:sha256:"
        + source.fileHash()
        + "#"
        + escaped(source.interchangeControl())
        + "/"
        + escaped(source.groupControl())
        + "/"
        + escaped(source.setControl())
        + "/";
  }

  /** Gives a resource its id, source and profile. */
  static <T extends Resource> T stamp(
      T resource, String id, RemittanceView check, long segment, @Nullable String profile) {
    return stamp(resource, id, check.source() + segment, profile);
  }

  /** Gives a resource its id, source (with its segment) and profile. */
  static <T extends Resource> T stamp(
      T resource, String id, String source, @Nullable String profile) {
    resource.setId(id);
    Meta meta = resource.getMeta();
    meta.setSource(source);
    if (profile != null) {
      meta.addProfile(profile);
    }
    return resource;
  }

  /** A segment as it was sent, that has no place in the mapping. */
  static Extension unmapped(String text) {
    return new Extension(Systems.UNMAPPED_EXTENSION, new StringType(text));
  }

  private static String escaped(String control) {
    for (int i = 0; i < control.length(); i++) {
      if (!Character.isLetterOrDigit(control.charAt(i)) || control.charAt(i) > 127) {
        return URLEncoder.encode(control, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    return control;
  }
}
