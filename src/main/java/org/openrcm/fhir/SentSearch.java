package org.openrcm.fhir;

import ca.uhn.fhir.rest.api.PreferHandlingEnum;
import ca.uhn.fhir.rest.api.PreferHeader;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A search as it came in: by GET, or by POST with a form as its body.
 *
 * @param query as it was sent: each byte a character
 * @param lenient whether unknown parameters are to be passed over (Prefer: handling=lenient)
 */
record SentSearch(Map<String, String[]> parameters, String query, boolean byPost, boolean lenient) {
  private static final String BODY = SentSearch.class.getName();
  private static final int LONGEST = 256 * 1024;

  /**
   * Reads the body of a POST before anything else can: what a form says is lost as text once the
   * container has taken it for parameters.
   */
  static void keepBody(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
    request.setAttribute(BODY, new String(body, StandardCharsets.ISO_8859_1));
  }

  static boolean isTooLong(HttpServletRequest request) {
    return request.getAttribute(BODY) instanceof String body && body.length() > LONGEST;
  }

  static SentSearch of(ServletRequestDetails details) {
    HttpServletRequest request = details.getServletRequest();
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    boolean byPost = request.getMethod().equals("POST");
    if (byPost && request.getAttribute(BODY) instanceof String body) {
      String form = body.isEmpty() ? taken(request) : body;
      query = query.isEmpty() || form.isEmpty() ? query + form : query + "&" + form;
    }
    if (query.indexOf('\u0000') >= 0) {
      throw Refusal.unsupported("The search has a character that no text can hold");
    }
    PreferHeader prefer = RestfulServerUtils.parsePreferHeader(request.getHeader("Prefer"));
    return new SentSearch(
        new LinkedHashMap<>(UrlUtil.parseQueryString(query)),
        query,
        byPost,
        prefer.getHanding() == PreferHandlingEnum.LENIENT);
  }

  /** The form where a filter before us had the container read it. */
  private static String taken(HttpServletRequest request) {
    if (request.getQueryString() != null) {
      return "";
    }
    StringJoiner form = new StringJoiner("&");
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                form.add(
                    URLEncoder.encode(name, StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(value, StandardCharsets.UTF_8));
              }
            });
    return form.toString();
  }

  /** Parameters about the form of the answer, which the links to further pages repeat. */
  Map<String, List<String>> form() {
    Map<String, List<String>> form = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (SearchRequest.FORM.contains(name)) {
            form.put(name, List.of(values));
          }
        });
    return form;
  }
}
