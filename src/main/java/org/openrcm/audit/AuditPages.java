package org.openrcm.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.TextStyle;
import java.util.EnumSet;
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

  /** Which have a column of their own. */
  private static final Set<AuditElement> COLUMNS =
      EnumSet.complementOf(EnumSet.of(AuditElement.ID, AuditElement.QUERY, AuditElement.WHY));

  /** Columns that are not shown at first. */
  private static final Set<AuditElement> SELDOM =
      EnumSet.of(AuditElement.KIND, AuditElement.ROLES, AuditElement.PURPOSE, AuditElement.REQUEST);

  private final AuditRecord record;
  private final PracticeZone zone;

  AuditPages(AuditRecord record, PracticeZone zone) {
    this.record = record;
    this.zone = zone;
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
    model.addAttribute("elements", AuditElement.values());
    model.addAttribute("columns", COLUMNS);
    model.addAttribute("seldom", SELDOM);
    model.addAttribute("troubles", troubles);
    model.addAttribute("entries", entries);
    model.addAttribute("actions", actions);
    model.addAttribute("zone", zone.current());
    model.addAttribute("zoneName", zone.current().getDisplayName(TextStyle.FULL, Locale.US));
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
