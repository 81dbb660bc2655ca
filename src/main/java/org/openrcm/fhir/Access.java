package org.openrcm.fhir;

import java.util.List;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Scopes;
import org.springframework.stereotype.Component;

/** Whether the actor may read or search a type of resource; a refusal is on the record. */
@Component
class Access {
  private static final char READ = 'r';
  private static final char SEARCH = 's';

  private final AuditTrail trail;

  Access(AuditTrail trail) {
    this.trail = trail;
  }

  void read(String type, String id) {
    require(type, READ, Action.VIEW, Subject.of(type, id));
  }

  void search(String type, String query) {
    require(type, SEARCH, Action.QUERY, Subject.search(type, query));
  }

  /** Whether resources of these types may come along with a search. */
  void include(List<String> types, Subject search) {
    types.forEach(type -> require(type, READ, Action.QUERY, search));
  }

  /** Whether what the office noted of contacts may be shown: a scope of its own. */
  boolean mayReadNotes() {
    return Scopes.allow(Scopes.NOTES, READ);
  }

  private void require(String type, char act, Action action, Subject subject) {
    if (!Scopes.allow(type, act)) {
      String scope = "system/" + type + "." + act;
      trail.denied(action, subject, "without the scope " + scope);
      throw Refusal.forbidden("This needs the scope " + scope);
    }
  }
}
