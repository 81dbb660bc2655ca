package org.openrcm.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds rows that resources are drawn from: one query a page, whatever the page. Claims come in the
 * order in which they were loaded, everything else by id, the audit record from its greatest, which
 * is its latest, on; a place in the list is the key of the row before it, so that what is loaded
 * meanwhile moves nothing, and reading the record does not make it longer for whoever reads it.
 */
@Component
class SearchRows {
  private static final ClaimTable BILLED =
      new ClaimTable(
          """
          from claim c
          join submission s on s.practice_id = c.practice_id and s.number = c.submission_number
          where %s""",
          "c.submission_number", "s.claims");
  private static final ClaimTable DECIDED =
      new ClaimTable(
          """
          from claim_payment c
          join remittance r on r.practice_id = c.practice_id and r.number = c.remittance_number
          where %s""",
          "c.remittance_number", "r.claims");
  private static final Pattern CLAIM_PLACE = Pattern.compile("(\\d{1,18})-(\\d{1,9})");

  /**
   * Claims in their sets.
   *
   * @param set column of the number of the set
   * @param size column of how many claims it has
   */
  private record ClaimTable(String from, String set, String size) {
    /** Those of a type of resource; null where none is drawn from a claim. */
    static @Nullable ClaimTable of(String type) {
      return switch (type) {
        case "Claim" -> BILLED;
        case "ExplanationOfBenefit", "ClaimResponse" -> DECIDED;
        default -> null;
      };
    }
  }

  /**
   * What is found in the order of its ids.
   *
   * @param row columns of a {@link Row}
   * @param base condition of all of the type
   */
  private record IdTable(String row, String from, Condition base) {
    static IdTable of(String type) {
      return switch (type) {
        case "Account" ->
            new IdTable("n.id, n.number, 0, 0", "from account n where %s", Condition.ALWAYS);
        case "Task" ->
            new IdTable(
                "n.id, n.source_number, n.source_place, 0",
                "from task n where %s",
                Condition.ALWAYS);
        case "Invoice", "DocumentReference", BinaryEndpoint.TYPE ->
            new IdTable("n.id, n.number, 0, 0", "from statement n where %s", Condition.ALWAYS);
        case "PaymentNotice" ->
            new IdTable(
                "n.id, n.number, 0, 0", "from patient_payment n where %s", Condition.ALWAYS);
        case "Communication" ->
            new IdTable(
                "n.id, n.account_number, 0, 0", "from contact n where %s", Condition.ALWAYS);
        case AuditEvents.TYPE ->
            new IdTable(
                "n.id, n.number, 0, 0",
                """
                from (
                  select public_id as id, id as number, recorded_at, actor_kind, actor_id,
                    actor_name, action, subject_type, subject_id, patient_id, request_id, outcome
                  from audit_event) n
                where %s""",
                Condition.ALWAYS);
        case "Flag" ->
            new IdTable("n.id, n.account_number, 0, 0", "from flag n where %s", Condition.ALWAYS);
        default ->
            new IdTable(
                "n.id, n.remittance_number, n.claim_ordinal, r.claims",
                """
                from named n
                join remittance r
                  on r.practice_id = n.practice_id and r.number = n.remittance_number
                where %s""",
                Condition.of("n.kind = ?", type));
      };
    }

    /** Whether later ones come first. */
    static boolean isFromTheEnd(String type) {
      return type.equals(AuditEvents.TYPE);
    }

    String from(Condition condition) {
      return from.formatted(condition.sql());
    }
  }

  private final JdbcClient database;

  SearchRows(JdbcClient database) {
    this.database = database;
  }

  /**
   * The next rows of a search.
   *
   * @param place from {@link #placeOf}, null for the first ones
   * @param limit how many at most
   */
  List<Row> find(SearchRequest search, @Nullable String place, int limit) {
    ClaimTable claims = ClaimTable.of(search.type());
    return claims == null ? byId(search, place, limit) : claims(claims, search, place, limit);
  }

  private List<Row> claims(
      ClaimTable claims, SearchRequest search, @Nullable String place, int limit) {
    Condition condition = search.condition();
    if (place != null) {
      Matcher after = CLAIM_PLACE.matcher(place);
      if (!after.matches()) {
        throw Refusal.pageGone();
      }
      condition =
          condition.and(
              Condition.of(
                  "(" + claims.set() + ", c.ordinal) > (?, ?)",
                  Long.parseLong(after.group(1)),
                  Integer.parseInt(after.group(2))));
    }
    return database
        .sql(
            "select c.id, %s, c.ordinal, %s ".formatted(claims.set(), claims.size())
                + claims.from().formatted(condition.sql())
                + " order by %s, c.ordinal limit ?".formatted(claims.set()))
        .params(condition.values())
        .param(limit)
        .query((rows, index) -> row(search.type(), rows))
        .list();
  }

  private List<Row> byId(SearchRequest search, @Nullable String place, int limit) {
    IdTable table = IdTable.of(search.type());
    boolean fromTheEnd = IdTable.isFromTheEnd(search.type());
    Condition condition = table.base().and(search.condition());
    if (place != null) {
      UUID after = SearchValues.id(place);
      if (after == null) {
        throw Refusal.pageGone();
      }
      condition = condition.and(Condition.of(fromTheEnd ? "n.id < ?" : "n.id > ?", after));
    }
    return database
        .sql(
            "select %s %s order by n.id %s limit ?"
                .formatted(table.row(), table.from(condition), fromTheEnd ? "desc" : "asc"))
        .params(condition.values())
        .param(limit)
        .query((rows, index) -> row(search.type(), rows))
        .list();
  }

  private static Row row(String type, ResultSet rows) throws SQLException {
    return new Row(
        type, rows.getObject(1, UUID.class), rows.getLong(2), rows.getInt(3), rows.getInt(4));
  }

  /** How many there are in all. */
  int count(SearchRequest search) {
    ClaimTable claims = ClaimTable.of(search.type());
    IdTable table = IdTable.of(search.type());
    Condition condition =
        claims == null ? table.base().and(search.condition()) : search.condition();
    String from = claims == null ? table.from(condition) : claims.from().formatted(condition.sql());
    return database
        .sql("select count(*) " + from)
        .params(condition.values())
        .query(Integer.class)
        .single();
  }

  /** The place behind a row in the list that it stands in. */
  static String placeOf(Row row) {
    return ClaimTable.of(row.type()) == null ? row.idText() : row.set() + "-" + row.ordinal();
  }

  /** Types of people, organisations, coverages and checks: found in {@code named}. */
  private static boolean isNamed(String type) {
    return ClaimTable.of(type) == null && !IdTable.of(type).base().values().isEmpty();
  }

  /** The row of one resource; empty if there is none that the practice may see. */
  List<Row> one(String type, UUID id) {
    return these(type, List.of(id));
  }

  private List<Row> these(String type, List<UUID> ids) {
    Condition are = Condition.in(ClaimTable.of(type) == null ? "n.id" : "c.id", "uuid", ids);
    return find(
        new SearchRequest(type, are, 1, false, false, List.of(), Map.of(), List.of()),
        null,
        ids.size());
  }

  /** The rows of what resources refer to, by {@code Type/id}, in the order asked for. */
  List<Row> referred(Collection<String> references) {
    Map<String, List<UUID>> ids = new LinkedHashMap<>();
    for (String reference : references) {
      int slash = reference.indexOf('/');
      ids.computeIfAbsent(reference.substring(0, slash), type -> new ArrayList<>())
          .add(ContentId.uuid(reference.substring(slash + 1)));
    }
    Map<String, Row> found = new LinkedHashMap<>();
    Map<String, List<UUID>> named = new LinkedHashMap<>();
    ids.forEach(
        (type, some) -> {
          if (isNamed(type)) {
            named.put(type, some);
          } else {
            these(type, some).forEach(row -> found.put(row.reference(), row));
          }
        });
    named(named).forEach(row -> found.put(row.reference(), row));
    return references.stream().filter(found::containsKey).map(found::get).toList();
  }

  /** Of people, organisations and coverages. */
  private List<Row> named(Map<String, List<UUID>> wanted) {
    List<String> kinds = new ArrayList<>();
    List<UUID> ids = new ArrayList<>();
    wanted.forEach(
        (kind, some) -> {
          kinds.addAll(Collections.nCopies(some.size(), kind));
          ids.addAll(some);
        });
    return database
        .sql(
            """
            select n.id, n.remittance_number, n.claim_ordinal, r.claims, n.kind
            from unnest(?::text[], ?::uuid[]) as wanted (kind, id)
            join named n on n.kind = wanted.kind and n.id = wanted.id
            join remittance r on r.practice_id = n.practice_id and r.number = n.remittance_number
            """)
        .param(kinds.toArray(String[]::new))
        .param(ids.toArray(UUID[]::new))
        .query((rows, index) -> row(rows.getString(5), rows))
        .list();
  }
}
