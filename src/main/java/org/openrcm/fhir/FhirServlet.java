package org.openrcm.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;

/** HAPI's plain server: it knows of FHIR's protocol, and all data come from our own classes. */
final class FhirServlet extends RestfulServer {
  private static final long serialVersionUID = 1L;

  FhirServlet(FhirContext context, Capabilities capabilities, List<IResourceProvider> endpoints) {
    super(context);
    setServerConformanceProvider(capabilities);
    registerProviders(endpoints);
    setDefaultResponseEncoding(EncodingEnum.JSON);
    setDefaultPrettyPrint(false);
    registerInterceptor(new Protocol());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setHeader("Cache-Control", "no-store");
    if (request.getMethod().equals("POST") && Protocol.isForm(request)) {
      SentSearch.keepBody(request);
    }
    super.service(request.getMethod().equals("HEAD") ? asGet(request) : request, response);
  }

  /** HAPI searches by GET only; the container keeps the answer's body back. */
  private static HttpServletRequest asGet(HttpServletRequest head) {
    return new HttpServletRequestWrapper(head) {
      @Override
      public String getMethod() {
        return "GET";
      }
    };
  }

  /** No word of which software in which version this is. */
  @Override
  protected @Nullable String createPoweredByHeader() {
    return null;
  }

  /** The request's id is on the record, and in the answer, already. */
  @Override
  protected String getOrCreateRequestId(HttpServletRequest request) {
    return Actor.current().request();
  }

  @Override
  protected void addRequestIdToResponse(ServletRequestDetails details, String id) {
    // it was put there with the actor
  }
}
