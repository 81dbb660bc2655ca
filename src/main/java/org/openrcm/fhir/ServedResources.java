package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.remittance.GuardedNumbers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads and searches, each in one transaction with the audit rows of it: one for each patient whose
 * data are in the answer, and one without a patient when there is none. A search of the audit
 * record is one row, of the patient that all of what was found is about if there is one: if it were
 * one for each, reading the record would multiply it.
 */
@Component
class ServedResources {
  private static final int LONGEST_ID = 64;

  private final TransactionTemplate transaction;
  private final SearchRows rows;
  private final Drawing drawing;
  private final StoredSearches searches;
  private final Access access;
  private final GuardedNumbers numbers;
  private final AuditTrail trail;

  ServedResources(
      PlatformTransactionManager transactions,
      SearchRows rows,
      Drawing drawing,
      StoredSearches searches,
      Access access,
      GuardedNumbers numbers,
      AuditTrail trail) {
    this.transaction = new TransactionTemplate(transactions);
    this.rows = rows;
    this.drawing = drawing;
    this.searches = searches;
    this.access = access;
    this.numbers = numbers;
    this.trail = trail;
  }

  /**
   * A page of a search.
   *
   * @param total null when not asked for
   * @param search under which the next page can be asked for, null when this is the last one
   * @param place where the next page begins
   */
  record Page(
      List<Resource> matches,
      List<Resource> included,
      @Nullable Integer total,
      @Nullable UUID search,
      @Nullable String place) {}

  /**
   * One resource.
   *
   * @throws Refusal when there is none that the practice may see
   */
  Resource read(String type, String id) {
    String shown = id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
    access.read(type, shown);
    UUID uuid = SearchValues.id(id);
    Optional<Resource> resource =
        uuid == null ? Optional.empty() : transaction.execute(status -> draw(type, uuid));
    if (resource.isEmpty()) {
      trail.denied(Action.VIEW, Subject.of(type, shown), "no such resource in the practice");
      throw Refusal.notFound();
    }
    return resource.get();
  }

  private Optional<Resource> draw(String type, UUID id) {
    for (Drawn drawn : drawing.draw(rows.one(type, id))) {
      trail.record(Action.VIEW, Subject.of(type, drawn.row().idText()), drawn.patients());
      return Optional.of(drawn.resource());
    }
    return Optional.empty();
  }

  /** By what a number is found that the database has closed. */
  String mark(String folded) {
    return numbers.mark(folded);
  }

  /** The query of a search that was kept for its further pages. */
  String kept(String type, String search) {
    UUID id = SearchValues.id(search);
    Optional<String> query =
        id == null ? Optional.empty() : transaction.execute(status -> searches.query(type, id));
    if (query.isEmpty()) {
      trail.denied(Action.QUERY, Subject.list(type), "no such page in the practice");
      throw Refusal.pageGone();
    }
    return query.get();
  }

  /**
   * A page of a search.
   *
   * @param query as it was sent, for the record and for further pages
   * @param place null for the first page
   * @param kept under which the search was kept, null when it was not yet
   */
  Page search(SearchRequest search, String query, @Nullable String place, @Nullable UUID kept) {
    access.search(search.type(), query);
    return transaction.execute(status -> page(search, query, place, kept));
  }

  private Page page(
      SearchRequest search, String query, @Nullable String place, @Nullable UUID kept) {
    Subject subject = Subject.search(search.type(), query);
    Integer total = search.total() ? rows.count(search) : null;
    if (search.onlyTotal()) {
      trail.record(Action.QUERY, subject);
      return new Page(List.of(), List.of(), total, null, null);
    }
    List<Row> found = rows.find(search, place, search.count() + 1);
    List<Row> shown = bounded(found, search.count());
    List<Drawn> matches = drawing.draw(shown);
    List<Drawn> included = included(search, matches, subject);
    Set<UUID> patients = new HashSet<>();
    matches.forEach(drawn -> patients.addAll(drawn.patients()));
    included.forEach(drawn -> patients.addAll(drawn.patients()));
    trail.record(Action.QUERY, subject, onRecord(search, patients));
    String next =
        shown.size() == found.size() ? null : SearchRows.placeOf(shown.get(shown.size() - 1));
    UUID id = next == null || kept != null ? kept : searches.keep(search.type(), query);
    return new Page(
        matches.stream().map(Drawn::resource).toList(),
        included.stream().map(Drawn::resource).toList(),
        total,
        next == null ? null : id,
        next);
  }

  private static Set<UUID> onRecord(SearchRequest search, Set<UUID> patients) {
    boolean isOne = !search.type().equals(AuditEvents.TYPE) || patients.size() == 1;
    return isOne ? patients : Set.of();
  }

  /**
   * As many rows as a page holds. One of PaymentReconciliations ends sooner where checks are long,
   * so that an answer does not have many times {@link PaymentReconciliations#MOST_DETAILS} details.
   */
  private static List<Row> bounded(List<Row> found, int count) {
    int details = 0;
    List<Row> shown = new ArrayList<>();
    for (Row row : found) {
      if (row.type().equals("PaymentReconciliation")) {
        details += Math.min(row.claims(), PaymentReconciliations.MOST_DETAILS);
      }
      if (shown.size() == count
          || (!shown.isEmpty() && details > PaymentReconciliations.MOST_DETAILS)) {
        break;
      }
      shown.add(row);
    }
    return shown;
  }

  private List<Drawn> included(SearchRequest search, List<Drawn> matches, Subject subject) {
    if (search.includes().isEmpty()) {
      return List.of();
    }
    Set<String> references = new LinkedHashSet<>();
    for (Drawn match : matches) {
      Includes.references(match.resource(), search.includes()).forEach(references::add);
    }
    matches.forEach(match -> references.remove(match.row().reference()));
    Set<String> types =
        references.stream()
            .map(reference -> reference.substring(0, reference.indexOf('/')))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    access.include(List.copyOf(types), subject);
    return drawing.draw(rows.referred(references));
  }
}
