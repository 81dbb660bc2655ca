package org.openrcm.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.openrcm.identity.LostDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;

/**
 * How requests may look and what answers are: refuses methods and forms that are not served, writes
 * JSON by {@link FhirJson}, and lets no words out in an error but ours.
 */
@Interceptor
final class Protocol {
  private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String UNCOUNTED = Protocol.class.getName() + ".uncounted";
  private static final int OURS_SHOWN = 5;

  /** Refuses what no endpoint is there for, before anything is looked at. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
  public void check(HttpServletRequest request, HttpServletResponse response) {
    switch (request.getMethod()) {
      case "GET" -> {
        // everything that is served can be read
      }
      case "POST" -> checkPost(request, response);
      default -> refuseMethod(response);
    }
    if (!isAcceptable(request)) {
      throw Refusal.notAcceptable();
    }
  }

  private static void checkPost(HttpServletRequest request, HttpServletResponse response) {
    if (!request.getRequestURI().endsWith("/_search")) {
      refuseMethod(response);
    }
    if (!isForm(request)) {
      throw Refusal.unsupportedMediaType();
    }
    if (SentSearch.isTooLong(request)) {
      throw Refusal.tooLong();
    }
  }

  static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  private static void refuseMethod(HttpServletResponse response) {
    response.setHeader("Allow", "GET, HEAD");
    throw Refusal.methodNotAllowed();
  }

  /** {@code _format} goes before Accept; without either, JSON. */
  private static boolean isAcceptable(HttpServletRequest request) {
    String query = request.getQueryString();
    String[] formats = query == null ? null : UrlUtil.parseQueryString(query).get("_format");
    if (formats != null) {
      // a plus sign that was not encoded arrives as a space
      return Arrays.stream(formats).allMatch(format -> isServed(format.replace(' ', '+')));
    }
    String accept = request.getHeader("Accept");
    return accept == null
        || accept.isBlank()
        || Arrays.stream(accept.split(",", -1)).anyMatch(Protocol::isServed)
        || (isOfBinary(request) && AskedFor.bytes(accept));
  }

  private static boolean isOfBinary(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path != null && path.startsWith("/" + BinaryEndpoint.TYPE + "/");
  }

  private static boolean isServed(String mediaType) {
    String type = mediaType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return isFhir(type) || type.equals("application/*") || type.equals("*/*");
  }

  static boolean isFhir(String type) {
    return switch (type) {
      case "json",
          "xml",
          "application/json",
          "application/fhir+json",
          "application/xml",
          "application/fhir+xml",
          "text/json",
          "text/xml" ->
          true;
      default -> false;
    };
  }

  /** Marks a page of a search whose matches nobody asked to count. */
  static void leaveUncounted(Bundle page) {
    page.setUserData(UNCOUNTED, true);
  }

  /** Writes plain JSON; what is to be cut, indented or XML is left to HAPI's encoder. */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public boolean write(
      RequestDetails request,
      ResponseDetails answer,
      IBaseResource resource,
      HttpServletResponse response)
      throws IOException {
    if (resource instanceof Bundle page && page.getUserData(UNCOUNTED) != null) {
      // HAPI has put the length of this page there, which is not what Bundle.total means
      page.setTotalElement(null);
    }
    if (resource instanceof Binary bytes && AskedFor.bytes(request)) {
      write(bytes, response);
      return false;
    }
    if (!(resource instanceof Resource ours) || !isPlainJson(request)) {
      return true;
    }
    response.setStatus(answer.getResponseCode());
    response.setContentType("application/fhir+json;charset=UTF-8");
    if (request.isRespondGzip()) {
      response.setHeader("Content-Encoding", "gzip");
      try (OutputStream out = new GZIPOutputStream(response.getOutputStream(), 1 << 13)) {
        FhirJson.write(ours, out);
      }
    } else {
      FhirJson.write(ours, response.getOutputStream());
    }
    response.getOutputStream().flush();
    return false;
  }

  /** As they are, to be kept and not shown: what is in them runs in nobody's browser. */
  private static void write(Binary bytes, HttpServletResponse response) throws IOException {
    response.setContentType(bytes.getContentType());
    response.setContentLength(bytes.getData().length);
    response.setHeader("Content-Disposition", "attachment; filename=\"statement.pdf\"");
    response.setHeader("X-Security-Context", bytes.getSecurityContext().getReference());
    response.getOutputStream().write(bytes.getData());
    response.getOutputStream().flush();
  }

  private static boolean isPlainJson(RequestDetails request) {
    RestfulServerUtils.ResponseEncoding encoding =
        RestfulServerUtils.determineResponseEncodingWithDefault(request);
    return encoding != null
        && encoding.getEncoding() == EncodingEnum.JSON
        && request.getParameters().keySet().stream()
            .noneMatch(name -> name.equals("_pretty") || name.startsWith("_elements"))
        && isWhole(request);
  }

  private static boolean isWhole(RequestDetails request) {
    String[] summary = request.getParameters().get("_summary");
    return summary == null || Arrays.stream(summary).allMatch("false"::equals);
  }

  /** Gives every error an OperationOutcome of ours. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException refuse(RequestDetails request, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
      if (cause instanceof TransientDataAccessException) {
        log(request, cause);
        return Refusal.unavailable();
      }
    }
    if (LostDatabase.isBehind(thrown)) {
      log(request, thrown);
      return Refusal.unavailable();
    }
    if (thrown instanceof BaseServerResponseException hapis && hapis.getStatusCode() < 500) {
      return Refusal.of(hapis.getStatusCode());
    }
    log(request, thrown);
    return Refusal.failed();
  }

  /** An exception's own words may hold a value from a row: the kind and the place must do. */
  private static void log(RequestDetails request, Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = Objects.requireNonNull(root.getCause());
    }
    String places =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("org.openrcm."))
            .limit(OURS_SHOWN)
            .map(StackTraceElement::toString)
            .toList()
            .toString();
    LOG.error(
        "FHIR request {} failed: {} by {} at {}",
        request.getRequestId(),
        thrown.getClass().getName(),
        root.getClass().getName(),
        places);
  }
}
