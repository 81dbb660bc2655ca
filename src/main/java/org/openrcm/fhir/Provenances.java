package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.SetSource;

/** Which bytes of which file a claim was made from. */
final class Provenances {
  private Provenances() {}

  /**
   * When it was recorded is left out, so that two runs give the same bytes.
   *
   * @param id of what was made
   * @param byteOffset of its first segment in the file, -1 when not known
   */
  static Provenance of(
      List<Reference> targets, String id, SetSource source, long byteOffset, long byteLength) {
    Provenance provenance = new Provenance();
    provenance.setId(ContentId.of("provenance", id, source.fileHash()));
    targets.forEach(provenance::addTarget);
    provenance.setRecordedElement(Elements.absent(new InstantType()));
    provenance.setActivity(
        Elements.concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE"));
    provenance
        .addAgent()
        .setType(
            Elements.concept(
                "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"))
        .setWho(new Reference().setDisplay("OpenRCM"));
    Provenance.ProvenanceEntityComponent entity =
        provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.SOURCE);
    Identifier file = Elements.identifier("urn:ietf:rfc:3986", "urn:sha256:" + source.fileHash());
    entity.setWhat(new Reference().setIdentifier(file).setDisplay(source.file()));
    if (byteOffset >= 0) {
      entity.addExtension(
          Systems.SEGMENT_RANGE_EXTENSION,
          new StringType(byteOffset + "-" + (byteOffset + byteLength)));
    }
    return provenance;
  }
}
