package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.Source;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the documents that entries are for, in a query for each kind. Whoever shows them records
 * it.
 */
@Component
class Origins {
  private static final String CLAIMS =
      """
      select c.number, 0 as place, c.id as claim_id, null::uuid as check_id, null as trace,
        c.patient_control_number as control, null as adjustment, c.byte_offset, c.patient_id,
        s.file_id, s.file_name, s.interchange_control, s.group_control, s.set_control
      from claim c join submission s on s.number = c.submission_number
      where c.number = any (?)
      """;

  private static final String PAYMENTS =
      """
      select c.remittance_number as number, c.ordinal as place, null::uuid as claim_id,
        r.id as check_id, r.trace_number as trace, c.patient_control_number as control,
        null as adjustment, c.byte_offset, c.patient_id,
        r.file_id, r.file_name, r.interchange_control, r.group_control, r.set_control
      from unnest(?::bigint[], ?::int[]) as d (number, place)
      join claim_payment c on c.remittance_number = d.number and c.ordinal = d.place
      join remittance r on r.number = c.remittance_number
      """;

  /** Its segments stand behind the last claim; those of the check itself before the first. */
  private static final String CHECKS =
      """
      select d.number, d.place, null::uuid as claim_id, r.id as check_id,
        r.trace_number as trace, null as control,
        p.reason || coalesce(' ' || p.reference, '') as adjustment,
        coalesce(case when d.place = 0 then first.byte_offset else last.byte_offset end, 0)
          as byte_offset,
        null::uuid as patient_id,
        r.file_id, r.file_name, r.interchange_control, r.group_control, r.set_control
      from unnest(?::bigint[], ?::int[]) as d (number, place)
      join remittance r on r.number = d.number
      left join provider_adjustment p
        on p.remittance_number = d.number and p.position = d.place
      left join lateral (
        select c.byte_offset from claim_payment c where c.remittance_number = d.number
        order by c.ordinal limit 1) first on true
      left join lateral (
        select c.byte_offset from claim_payment c where c.remittance_number = d.number
        order by c.ordinal desc limit 1) last on true
      """;

  private final JdbcClient sql;

  Origins(JdbcClient sql) {
    this.sql = sql;
  }

  /** The documents as far as they are there. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Document, Origin> of(Collection<Document> documents) {
    Map<Document, Origin> found = new HashMap<>();
    List<Document> claims = of(documents, Source.CLAIM);
    if (!claims.isEmpty()) {
      sql.sql(CLAIMS)
          .param(numbers(claims))
          .query((row, index) -> origin(row, Source.CLAIM))
          .list()
          .forEach(origin -> found.put(origin.document(), origin));
    }
    add(PAYMENTS, Source.PAYMENT, documents, found);
    add(CHECKS, Source.PROVIDER_ADJUSTMENT, documents, found);
    add(CHECKS, Source.CHECK, documents, found);
    return found;
  }

  /** Lines with what they come from, in their order. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<LedgerLine> lines(List<PostedLine> posted) {
    Map<Document, Origin> documents = of(posted.stream().map(PostedLine::document).toList());
    Map<Long, Origin.BilledClaim> claims =
        claims(
            posted.stream()
                .map(line -> line.line().at().claim())
                .filter(Objects::nonNull)
                .toList());
    List<LedgerLine> lines = new ArrayList<>(posted.size());
    for (PostedLine line : posted) {
      Long claim = line.line().at().claim();
      lines.add(
          new LedgerLine(
              line, documents.get(line.document()), claim == null ? null : claims.get(claim)));
    }
    return lines;
  }

  private void add(
      String query, Source source, Collection<Document> documents, Map<Document, Origin> into) {
    List<Document> some = of(documents, source);
    if (!some.isEmpty()) {
      sql.sql(query)
          .param(numbers(some))
          .param(some.stream().map(Document::place).toArray(Integer[]::new))
          .query((row, index) -> origin(row, source))
          .list()
          .forEach(origin -> into.put(origin.document(), origin));
    }
  }

  private static List<Document> of(Collection<Document> documents, Source source) {
    return documents.stream().filter(each -> each.source() == source).distinct().toList();
  }

  private static Long[] numbers(List<Document> documents) {
    return documents.stream().map(Document::number).toArray(Long[]::new);
  }

  private static Origin origin(ResultSet row, Source source) throws SQLException {
    UUID check = row.getObject("check_id", UUID.class);
    return new Origin(
        new Document(source, row.getLong("number"), row.getInt("place")),
        row.getObject("claim_id", UUID.class),
        check == null ? null : new Origin.Check(check, row.getString("trace")),
        row.getString("control"),
        row.getString("adjustment"),
        uuid(row, "file_id"),
        row.getString("file_name"),
        row.getString("interchange_control")
            + "/"
            + row.getString("group_control")
            + "/"
            + row.getString("set_control"),
        Math.max(0, row.getLong("byte_offset")),
        row.getObject("patient_id", UUID.class));
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private Map<Long, Origin.BilledClaim> claims(Collection<Long> numbers) {
    Map<Long, Origin.BilledClaim> found = new HashMap<>();
    sql.sql(
            """
            select number, id, patient_control_number, patient_id from claim
            where number = any (?)
            """)
        .param(numbers.stream().distinct().toArray(Long[]::new))
        .query(
            row -> {
              found.put(
                  row.getLong(1),
                  new Origin.BilledClaim(
                      row.getLong(1), uuid(row, "id"), row.getString(3), uuid(row, "patient_id")));
            });
    return found;
  }

  /** Numbers of the claims that the provider gave this number; null when it is empty. */
  @Transactional(propagation = Propagation.MANDATORY)
  public @Nullable List<Long> named(String control) {
    return control.isEmpty()
        ? null
        : sql.sql("select number from claim where patient_control_number = ?")
            .param(control)
            .query(Long.class)
            .list();
  }
}
