package org.openrcm.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;

/** One type of resource as HAPI's server calls for it. */
final class ResourceEndpoint implements IResourceProvider {
  /** Of a next link: where a search goes on. */
  static final String PAGE = "_page";

  private final Class<? extends IBaseResource> resourceClass;
  private final String type;
  private final ServedResources resources;

  ResourceEndpoint(
      Class<? extends IBaseResource> resourceClass, String type, ServedResources resources) {
    this.resourceClass = resourceClass;
    this.type = type;
    this.resources = resources;
  }

  @Override
  public Class<? extends IBaseResource> getResourceType() {
    return resourceClass;
  }

  /** Answers {@code GET [base]/[type]/[id]}. */
  @Read
  public IBaseResource read(@IdParam IdType id) {
    return resources.read(type, id.getIdPart());
  }

  /** Answers a search; what its parameters mean is in {@link SearchFields}. */
  @Search(allowUnknownParams = true)
  public Bundle search(ServletRequestDetails request) {
    SentSearch sent = SentSearch.of(request);
    String base = request.getFhirServerBase();
    Map<String, String[]> parameters = sent.parameters();
    String[] page = parameters.get(PAGE);
    if (page != null) {
      return page(page.length == 1 ? page[0] : "", sent, base);
    }
    SearchRequest search =
        SearchRequest.of(type, parameters, sent.lenient(), base, resources::mark);
    ServedResources.Page found = resources.search(search, sent.query(), null, null);
    Bundle bundle = bundle(found, base, sent.form());
    // a search that came by POST does not want its values in a URL
    bundle
        .addLink()
        .setRelation("self")
        .setUrl(base + "/" + type + (sent.byPost() ? "" : encoded(search.understood())));
    passedOver(search.ignored(), bundle);
    return bundle;
  }

  private Bundle page(String token, SentSearch sent, String base) {
    int dot = token.indexOf('.');
    String kept = dot < 0 ? "" : token.substring(0, dot);
    String place = token.substring(dot + 1);
    String query = resources.kept(type, kept);
    SearchRequest search =
        SearchRequest.of(type, UrlUtil.parseQueryString(query), true, base, resources::mark);
    ServedResources.Page found =
        resources.search(search, query + "&" + PAGE + "=" + token, place, ContentId.uuid(kept));
    Bundle bundle = bundle(found, base, sent.form());
    bundle.addLink().setRelation("self").setUrl(pageUrl(base, token, sent.form()));
    return bundle;
  }

  private Bundle bundle(ServedResources.Page page, String base, Map<String, List<String>> form) {
    Bundle bundle = new Bundle();
    bundle.setId(UUID.randomUUID().toString());
    bundle.setType(Bundle.BundleType.SEARCHSET);
    if (page.total() == null) {
      Protocol.leaveUncounted(bundle);
    } else {
      bundle.setTotal(page.total());
    }
    UUID search = page.search();
    if (search != null) {
      bundle
          .addLink()
          .setRelation("next")
          .setUrl(pageUrl(base, ContentId.text(search) + "." + page.place(), form));
    }
    page.matches().forEach(match -> add(match, SearchEntryMode.MATCH, base, bundle));
    page.included().forEach(other -> add(other, SearchEntryMode.INCLUDE, base, bundle));
    return bundle;
  }

  private static void add(Resource resource, SearchEntryMode mode, String base, Bundle bundle) {
    Bundle.BundleEntryComponent entry = bundle.addEntry();
    entry.setFullUrl(base + "/" + resource.fhirType() + "/" + resource.getIdPart());
    entry.setResource(resource);
    entry.getSearch().setMode(mode);
  }

  private static void passedOver(List<String> ignored, Bundle bundle) {
    if (!ignored.isEmpty()) {
      Bundle.BundleEntryComponent entry = bundle.addEntry();
      entry.setResource(
          Refusal.outcome(
              IssueSeverity.WARNING,
              IssueType.NOTSUPPORTED,
              "Passed over, as not known: " + String.join(", ", ignored)));
      entry.getSearch().setMode(SearchEntryMode.OUTCOME);
    }
  }

  private String pageUrl(String base, String token, Map<String, List<String>> form) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put(PAGE, List.of(token));
    parameters.putAll(form);
    return base + "/" + type + encoded(parameters);
  }

  private static String encoded(Map<String, List<String>> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private static String encoded(@Nullable String text) {
    return URLEncoder.encode(text == null ? "" : text, StandardCharsets.UTF_8);
  }
}
