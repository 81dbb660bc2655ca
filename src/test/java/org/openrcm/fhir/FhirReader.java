package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.openrcm.TestApi;

/** A program that reads FHIR, as tests want to have it. */
record FhirReader(TestApi program) {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  Bundle bundle(String path) {
    HttpResponse<String> answer = program.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  /** Those of a page of a search that are of a type. */
  <T extends Resource> List<T> found(Class<T> type, String search) {
    return bundle("/fhir/" + search).getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  <T extends Resource> T one(Class<T> type, String search) {
    List<T> found = found(type, search);
    assertThat(found).as(search).hasSize(1);
    return found.get(0);
  }

  <T extends Resource> T read(Class<T> type, String reference) {
    HttpResponse<String> answer = program.get("/fhir/" + reference);
    assertThat(answer.statusCode()).as(reference + answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(type, answer.body());
  }

  /** All of a type, some at a time. */
  <T extends Resource> List<T> all(Class<T> type, int count) {
    List<T> all = new ArrayList<>();
    Bundle page = bundle("/fhir/" + type.getSimpleName() + "?_count=" + count);
    while (true) {
      assertThat(page.getEntry()).hasSizeLessThanOrEqualTo(count);
      page.getEntry().forEach(entry -> all.add(type.cast(entry.getResource())));
      if (page.getLink("next") == null) {
        return all;
      }
      page = bundle(page.getLink("next").getUrl());
    }
  }

  static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }
}
