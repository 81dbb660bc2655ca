package org.openrcm.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.Remittance;

/**
 * Where a resource comes from, for {@code meta.source}: {@code urn:sha256:<hash of the
 * file>#<ISA13>/<GS06>/<ST02>/<segment>}, the segment counted from ST = 1.
 */
final class Source {
  private Source() {}

  static String uri(Remittance.Source source, long segment) {
    return "urn:sha256:"
        + source.fileHash()
        + "#"
        + escaped(source.interchangeControl())
        + "/"
        + escaped(source.groupControl())
        + "/"
        + escaped(source.setControl())
        + "/"
        + segment;
  }

  /** Gives a resource its id, source and profile. */
  static <T extends Resource> T stamp(
      T resource, String id, Remittance.Source source, long segment, @Nullable String profile) {
    resource.setId(id);
    Meta meta = resource.getMeta();
    meta.setSource(uri(source, segment));
    if (profile != null) {
      meta.addProfile(profile);
    }
    return resource;
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
