package org.openrcm.fhir;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditEntry;
import org.openrcm.audit.AuditRecord;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.springframework.stereotype.Component;

/** Entries of the audit record as the database has them. */
@Component
class StoredAuditEvents {
  private final AuditRecord record;
  private final Practices practices;

  StoredAuditEvents(AuditRecord record, Practices practices) {
    this.record = record;
    this.practices = practices;
  }

  /** The events of these rows; two queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Long, AuditEntry> entries =
        record.entries(rows.stream().map(Row::set).toList()).stream()
            .collect(Collectors.toMap(AuditEntry::id, Function.identity()));
    AuditEvents events = drawing();
    for (Row row : rows) {
      AuditEntry entry = entries.get(row.set());
      if (entry != null) {
        into.put(
            row.reference(),
            new Drawn(
                row,
                events.of(entry),
                entry.patient() == null ? Set.of() : Set.of(entry.patient())));
      }
    }
  }

  /** What draws the entries of the practice that is open. */
  AuditEvents drawing() {
    return new AuditEvents(practices.find(Actor.currentPractice()).map(Practice::name).orElse(""));
  }
}
