package org.openrcm.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.openrcm.identity.Scopes;

/**
 * Where programs get their tokens: {@code [base]/.well-known/smart-configuration} (SMART App Launch
 * 2, backend services).
 */
final class SmartConfiguration extends HttpServlet {
  private static final long serialVersionUID = 1L;
  static final String PATH = "/.well-known/smart-configuration";

  /** Where tokens are given out, for a FHIR server at this address. */
  static String tokenEndpoint(String fhirBase) {
    return fhirBase.substring(0, fhirBase.lastIndexOf('/')) + "/oauth2/token";
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String url = request.getRequestURL().toString();
    String base = url.substring(0, url.length() - PATH.length());
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    try (JsonGenerator json = new JsonFactory().createGenerator(response.getOutputStream())) {
      json.writeStartObject();
      json.writeStringField("token_endpoint", tokenEndpoint(base));
      array(json, "grant_types_supported", List.of("client_credentials"));
      array(
          json,
          "token_endpoint_auth_methods_supported",
          List.of("client_secret_basic", "client_secret_post"));
      array(json, "scopes_supported", Scopes.OFFERED);
      array(json, "capabilities", List.of("permission-v1", "permission-v2"));
      json.writeEndObject();
    }
  }

  private static void array(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
