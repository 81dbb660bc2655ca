package org.openrcm.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;

/** Bytes as HAPI's server calls for them: read by their id, and not searched. */
final class BinaryEndpoint implements IResourceProvider {
  static final String TYPE = "Binary";

  private final ServedResources resources;

  BinaryEndpoint(ServedResources resources) {
    this.resources = resources;
  }

  @Override
  public Class<? extends IBaseResource> getResourceType() {
    return Binary.class;
  }

  /** Answers {@code GET [base]/Binary/[id]}; {@link Protocol} writes it in the form asked for. */
  @Read
  public IBaseResource read(@IdParam IdType id) {
    return resources.read(TYPE, id.getIdPart());
  }
}
