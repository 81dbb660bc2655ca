package org.openrcm.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openrcm.web.Csv;
import org.openrcm.web.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who looked at what: the record, for compliance. */
@Controller
class AuditPages {
  private static final int ROWS = 50;

  /** What each element of {@link AuditFilter#ELEMENTS} is called, in the order of the columns. */
  private static final Map<String, String> COLUMNS = columns();

  /** Columns that a narrow screen leaves out. */
  private static final Set<String> SELDOM = Set.of("kind", "roles", "purpose", "request");

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("when", "When");
    columns.put("who", "Who");
    columns.put("action", "Did");
    columns.put("what", "What");
    columns.put("id", "Its id");
    columns.put("query", "Search");
    columns.put("patient", "Patient id");
    columns.put("outcome", "Outcome");
    columns.put("why", "Why refused");
    columns.put("address", "Address");
    columns.put("kind", "Kind");
    columns.put("roles", "Roles");
    columns.put("purpose", "Purpose");
    columns.put("request", "Request");
    return columns;
  }

  private final AuditRecord record;

  AuditPages(AuditRecord record) {
    this.record = record;
  }

  @GetMapping("/audit")
  String audit(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    AuditFilter filter = AuditFilter.of(sent);
    Map<String, String> troubles = filter.troubles();
    Slice<AuditEntry> entries =
        troubles.isEmpty()
            ? record.search(filter, Objects.requireNonNullElse(request.getQueryString(), ""), ROWS)
            : new Slice<>(List.of(), null);
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    Map<String, String> actions = new LinkedHashMap<>();
    for (Action action : Action.values()) {
      actions.put(action.name(), action.word());
    }
    model.addAttribute("filter", filter);
    model.addAttribute("columns", COLUMNS);
    model.addAttribute("seldom", SELDOM);
    model.addAttribute("troubles", troubles);
    model.addAttribute("entries", entries);
    model.addAttribute("actions", actions);
    model.addAttribute("zone", ZoneId.systemDefault().getDisplayName(TextStyle.FULL, Locale.US));
    return "audit/audit";
  }

  @GetMapping("/audit.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter = AuditFilter.of(sent);
    if (!filter.troubles().isEmpty()) {
      response.sendError(HttpStatus.BAD_REQUEST.value());
      return;
    }
    Csv csv = Csv.download(response, "audit.csv");
    csv.line(
        "id",
        "recorded_at",
        "actor_kind",
        "actor",
        "roles",
        "action",
        "subject_type",
        "subject_id",
        "patient_id",
        "query",
        "purpose",
        "address",
        "request_id",
        "outcome",
        "outcome_text");
    record.copy(
        filter,
        Objects.requireNonNullElse(request.getQueryString(), ""),
        entry -> line(csv, entry));
  }

  private static void line(Csv csv, AuditEntry entry) {
    try {
      csv.line(
          entry.id(),
          entry.at(),
          entry.actorKind(),
          entry.actor(),
          entry.roles(),
          entry.action(),
          entry.subjectType(),
          entry.subjectId(),
          entry.patient(),
          entry.query(),
          entry.purpose(),
          entry.address(),
          entry.request(),
          entry.outcome(),
          entry.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
