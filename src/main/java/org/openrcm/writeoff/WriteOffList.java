package org.openrcm.writeoff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists write-offs, on record for each patient who is shown. */
@Component
class WriteOffList {
  private static final int AT_ONCE = 1000;

  private final JdbcClient sql;
  private final WriteOffRows rows;
  private final WriteOffs writeOffs;
  private final Accounts accounts;
  private final AuditTrail audit;

  WriteOffList(
      JdbcClient sql, WriteOffRows rows, WriteOffs writeOffs, Accounts accounts, AuditTrail audit) {
    this.sql = sql;
    this.rows = rows;
    this.writeOffs = writeOffs;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** Which are shown. */
  enum Show {
    WAITING("Waiting", "state = 'PROPOSED'"),
    DECIDED("Decided", "state <> 'PROPOSED'"),
    REFUND("Refund to look at", "state = 'APPROVED' and refund_cents > 0");

    private final String label;
    private final String condition;

    Show(String label, String condition) {
      this.label = label;
      this.condition = condition;
    }

    public String label() {
      return label;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Show of(String code) {
      return Stream.of(values())
          .filter(each -> each.code().equals(code))
          .findFirst()
          .orElse(WAITING);
    }
  }

  /**
   * One as it is listed.
   *
   * @param whyNot why the reader cannot approve it; null when they can, or it is decided
   */
  record Row(WriteOff one, UUID account, String patient, Refused.@Nullable Reason whyNot) {}

  /** A part of the list, the latest first; {@code after} is where the part before ended. */
  @Transactional
  public Slice<Row> list(Show show, String after, String sent, int limit) {
    return list(show, after, sent, limit, Action.QUERY);
  }

  /** The whole list; that it was copied out is on record. */
  @Transactional
  public List<Row> copy(Show show, String sent) {
    Slice<Row> slice = list(show, "", sent, AT_ONCE, Action.COPY);
    List<Row> all = new ArrayList<>(slice.rows());
    while (slice.next() != null) {
      slice = list(show, slice.next(), sent, AT_ONCE, Action.COPY);
      all.addAll(slice.rows());
    }
    return all;
  }

  private Slice<Row> list(Show show, String after, String sent, int limit, Action action) {
    long last = after.matches("\\d{1,18}") ? Long.parseLong(after) : Long.MAX_VALUE;
    List<WriteOff> found =
        rows.some(
            "where " + show.condition + " and number < :last order by number desc limit :limit",
            Map.of("last", last, "limit", limit + 1));
    Slice<WriteOff> slice = Slice.of(found, limit, each -> Long.toString(each.number()));
    Set<Long> shown = new LinkedHashSet<>();
    slice.rows().forEach(each -> shown.add(each.account()));
    audit.record(action, Subject.search(WriteOffs.SUBJECT, sent), accounts.patients(shown));
    Map<Long, Named> named = named(shown);
    return new Slice<>(
        slice.rows().stream()
            .map(
                each -> {
                  Named of = named.getOrDefault(each.account(), Named.NOBODY);
                  boolean waits = each.state() == WriteOff.State.PROPOSED;
                  return new Row(
                      each, of.id(), of.name(), waits ? writeOffs.whyNotApprove(each) : null);
                })
            .toList(),
        slice.next());
  }

  private record Named(UUID id, String name) {
    static final Named NOBODY = new Named(new UUID(0, 0), "(no name)");
  }

  private Map<Long, Named> named(Set<Long> numbers) {
    Map<Long, Named> named = new HashMap<>();
    sql.sql("select number, id, last_name, first_name from account where number = any (?)")
        .param((Object) numbers.toArray(Long[]::new))
        .query(
            row -> {
              String name =
                  Stream.of(row.getString("last_name"), row.getString("first_name"))
                      .filter(Objects::nonNull)
                      .collect(Collectors.joining(", "));
              named.put(
                  row.getLong("number"),
                  new Named(
                      Objects.requireNonNull(row.getObject("id", UUID.class)),
                      name.isEmpty() ? Named.NOBODY.name() : name));
            });
    return named;
  }
}
