package org.openrcm.remittance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.openrcm.audit.AuditTrail;
import org.openrcm.billing.Adjustment;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/**
 * The remittances of the actor's practice, loaded and read back as they were parsed.
 *
 * <p>Reading takes a handful of queries however much is asked for, joins the caller's transaction,
 * and writes no audit rows: who shows a patient's data records it, in the same transaction.
 */
@Component
public class Remittances {
  private static final String NUMBER = "remittance_number";

  private final JdbcClient sql;
  private final DataSource database;
  private final PlatformTransactionManager transactions;
  private final AuditTrail audit;
  private final GuardedNumbers guarded;

  Remittances(
      JdbcClient sql,
      DataSource database,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      GuardedNumbers guarded) {
    this.sql = sql;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
    this.guarded = guarded;
  }

  /**
   * Takes up what a {@link RemittanceReader} reads of a received file; works for the practice of
   * the current actor.
   *
   * @param fileId of a received_file that is committed
   */
  public RemittanceLoad load(UUID fileId) {
    return new RemittanceLoad(
        fileId, new CheckWriter(sql, database, transactions, audit), guarded.closing());
  }

  @Transactional
  public Optional<StoredRemittance> find(UUID id) {
    return sql.sql("select * from remittance where id = ?")
        .param(id)
        .query((row, index) -> Rows.remittance(row, guarded.opening()))
        .optional();
  }

  /** The checks of these numbers that there are, by number. */
  @Transactional
  public Map<Long, StoredRemittance> remittances(Collection<Long> numbers) {
    Map<Long, StoredRemittance> found = new HashMap<>();
    sql.sql("select * from remittance where number = any (?)")
        .param(numbers.stream().distinct().toArray(Long[]::new))
        .query((row, index) -> Rows.remittance(row, guarded.opening()))
        .list()
        .forEach(remittance -> found.put(remittance.number(), remittance));
    return found;
  }

  /**
   * Claims of a check in their order.
   *
   * @param afterOrdinal the last one that is not wanted, 0 for none
   */
  @Transactional
  public List<StoredClaim> claims(long number, int afterOrdinal, int limit) {
    return claims(
        sql.sql(
                """
                select ordinal from claim_payment where remittance_number = ? and ordinal > ?
                order by ordinal limit ?
                """)
            .param(number)
            .param(afterOrdinal)
            .param(limit)
            .query((row, index) -> new ClaimKey(number, row.getInt(1)))
            .list());
  }

  @Transactional
  public Optional<StoredClaim> claim(UUID id) {
    return claimsById(List.of(id)).stream().findFirst();
  }

  /** The claims of these ids that there are, in the order of loading. */
  @Transactional
  public List<StoredClaim> claimsById(Collection<UUID> ids) {
    return claims(
        sql.sql(
                """
                select remittance_number, ordinal from claim_payment where id = any (?)
                order by remittance_number, ordinal
                """)
            .param(ids.toArray(UUID[]::new))
            .query((row, index) -> new ClaimKey(row.getLong(1), row.getInt(2)))
            .list());
  }

  /** The claims at these places that there are, in the order asked for. */
  @Transactional
  public List<StoredClaim> claims(Collection<ClaimKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<ClaimKey, Map<Integer, List<Adjustment>>> adjustments = new HashMap<>();
    each(
        keys,
        "adjustment",
        "claim_ordinal",
        "line, position",
        row ->
            adjustments
                .computeIfAbsent(key(row, "claim_ordinal"), key -> new HashMap<>())
                .computeIfAbsent(row.getInt("line"), line -> new ArrayList<>())
                .add(Rows.adjustment(row)));
    Map<ClaimKey, List<ServicePayment>> lines = new HashMap<>();
    each(
        keys,
        "service_payment",
        "claim_ordinal",
        "line",
        row -> {
          ClaimKey key = key(row, "claim_ordinal");
          lines
              .computeIfAbsent(key, claim -> new ArrayList<>())
              .add(Rows.line(row, of(adjustments, key, row.getInt("line")), guarded.opening()));
        });
    Map<ClaimKey, ClaimGroup> groups = groupsOf(keys);
    Map<ClaimKey, StoredClaim> claims = new HashMap<>();
    each(
        keys,
        "claim_payment",
        "ordinal",
        "ordinal",
        row -> {
          ClaimKey key = key(row, "ordinal");
          ClaimKey group = key(row, "group_position");
          claims.put(
              key,
              Rows.claim(
                  row,
                  groups.getOrDefault(group, ClaimGroup.NONE),
                  of(adjustments, key, 0),
                  List.copyOf(lines.getOrDefault(key, List.of())),
                  guarded.opening()));
        });
    return keys.stream().filter(claims::containsKey).map(claims::get).toList();
  }

  /** A row's use that may throw. */
  private interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  private static ResultSetExtractor<Boolean> all(Taker taker) {
    return rows -> {
      while (rows.next()) {
        taker.take(rows);
      }
      return true;
    };
  }

  private void each(
      Collection<ClaimKey> keys, String table, String ordinal, String order, Taker taker) {
    sql.sql(
            """
            select t.* from unnest(?::bigint[], ?::int[]) as k (number, place)
            join %1$s t on t.remittance_number = k.number and t.%2$s = k.place
            order by t.remittance_number, t.%2$s, %3$s
            """
                .formatted(table, ordinal, order))
        .param(keys.stream().map(ClaimKey::remittanceNumber).toArray(Long[]::new))
        .param(keys.stream().map(ClaimKey::ordinal).toArray(Integer[]::new))
        .query(all(taker));
  }

  /** The groups of these claims, each by its check and its position there. */
  private Map<ClaimKey, ClaimGroup> groupsOf(Collection<ClaimKey> keys) {
    Map<ClaimKey, ClaimGroup> groups = new HashMap<>();
    sql.sql(
            """
            select g.remittance_number, g.position, g.number, g.provider, g.inpatient
            from (select distinct c.remittance_number, c.group_position
                from unnest(?::bigint[], ?::int[]) as k (number, place)
                join claim_payment c
                  on c.remittance_number = k.number and c.ordinal = k.place) c
            join claim_group g
              on g.remittance_number = c.remittance_number and g.position = c.group_position
            """)
        .param(keys.stream().map(ClaimKey::remittanceNumber).toArray(Long[]::new))
        .param(keys.stream().map(ClaimKey::ordinal).toArray(Integer[]::new))
        .query(all(row -> groups.put(key(row, "position"), Rows.group(row))));
    return groups;
  }

  /** The claim groups of these checks, by check and position. */
  @Transactional
  public Map<Long, Map<Integer, ClaimGroup>> groups(Collection<Long> numbers) {
    Map<Long, Map<Integer, ClaimGroup>> groups = new HashMap<>();
    ofChecks(
        "claim_group",
        numbers,
        row ->
            groups
                .computeIfAbsent(row.getLong(NUMBER), check -> new HashMap<>())
                .put(row.getInt("position"), Rows.group(row)));
    return groups;
  }

  /** The provider adjustments of these checks, each check's in the order of its file. */
  @Transactional
  public Map<Long, List<ProviderAdjustment>> adjustments(Collection<Long> numbers) {
    Map<Long, List<ProviderAdjustment>> adjustments = new HashMap<>();
    ofChecks(
        "provider_adjustment",
        numbers,
        row ->
            adjustments
                .computeIfAbsent(row.getLong(NUMBER), check -> new ArrayList<>())
                .add(Rows.providerAdjustment(row)));
    return adjustments;
  }

  private void ofChecks(String table, Collection<Long> numbers, Taker taker) {
    sql.sql(
            """
            select * from %s where remittance_number = any (?)
            order by remittance_number, position
            """
                .formatted(table))
        .param(numbers.stream().distinct().toArray(Long[]::new))
        .query(all(taker));
  }

  private static ClaimKey key(ResultSet row, String ordinal) throws SQLException {
    return new ClaimKey(row.getLong(NUMBER), row.getInt(ordinal));
  }

  private static List<Adjustment> of(
      Map<ClaimKey, Map<Integer, List<Adjustment>>> adjustments, ClaimKey claim, int line) {
    return List.copyOf(adjustments.getOrDefault(claim, Map.of()).getOrDefault(line, List.of()));
  }
}
