package org.openrcm.fhir;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.openrcm.audit.AuditEntry;
import org.openrcm.audit.AuditFilter;
import org.openrcm.audit.AuditRecord;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The audit record as FHIR has it, all of a filter: here, because only this room draws resources.
 */
@Controller
class AuditDownload {
  private final AuditRecord record;
  private final StoredAuditEvents events;

  AuditDownload(AuditRecord record, StoredAuditEvents events) {
    this.record = record;
    this.events = events;
  }

  /** One AuditEvent a line, as they come from the database. */
  @GetMapping("/audit.ndjson")
  void ndjson(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter = AuditFilter.of(sent);
    if (!filter.troubles().isEmpty()) {
      response.sendError(HttpStatus.BAD_REQUEST.value());
      return;
    }
    AuditEvents drawing = events.drawing();
    response.setContentType("application/fhir+ndjson");
    response.setHeader("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
    OutputStream out = response.getOutputStream();
    record.copy(
        filter,
        Objects.requireNonNullElse(request.getQueryString(), ""),
        entry -> line(drawing, entry, out));
  }

  private static void line(AuditEvents drawing, AuditEntry entry, OutputStream out) {
    try {
      FhirJson.writeLine(drawing.of(entry), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
