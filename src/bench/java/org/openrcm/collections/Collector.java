package org.openrcm.collections;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.openrcm.bench.ServedPractice;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the next account, and puts it away; many threads do it at once. */
interface Collector {

  /** What {@link HandingOut} asks when nothing is assigned and nothing was skipped. */
  String BARE =
      """
      with next as (
        select account_number from collection_entry e
        where state = 'WAITING' and not stale and assigned_to is null and queue_number = 0
        order by priority desc, account_number limit 1 for update skip locked)
      update collection_entry set state = 'HELD', lease = ?, holder_id = ?, holder_name = 'bare',
        held_since = now(), leased_until = now() + interval '10 minutes'
      where account_number = (select account_number from next) returning account_number
      """;

  String BARE_END =
      """
      update collection_entry set state = 'SNOOZED', lease = null, holder_id = null,
        holder_name = null, held_since = null, leased_until = null
      where account_number = ?
      """;

  /** The account; 0 when none waits. */
  long next() throws Exception;

  void putAway(long account) throws Exception;

  /** With lease, log and audit record. */
  static Collector ours(ServedPractice practice) {
    HandingOut handingOut = practice.bean(HandingOut.class);
    Leases leases = practice.bean(Leases.class);
    TransactionTemplate transaction = practice.bean(TransactionTemplate.class);
    LocalDate later = LocalDate.now(practice.bean(Clock.class)).plusDays(3);
    Map<Long, UUID> held = new ConcurrentHashMap<>();
    return new Collector() {
      @Override
      public long next() {
        Optional<Lease> next = handingOut.next(List.of(0L));
        next.ifPresent(lease -> held.put(lease.number(), lease.id()));
        return next.map(Lease::number).orElse(0L);
      }

      @Override
      public void putAway(long account) {
        UUID lease = Objects.requireNonNull(held.remove(account));
        transaction.executeWithoutResult(status -> leases.finished(leases.require(lease), later));
      }
    };
  }

  /** The query and nothing else, by JDBC over the same connections. */
  static Collector bare(ServedPractice practice) {
    DataSource database = practice.bean(DataSource.class);
    return new Collector() {
      @Override
      public long next() throws Exception {
        try (Connection connection = begin();
            PreparedStatement take = connection.prepareStatement(BARE)) {
          take.setObject(1, UUID.randomUUID());
          take.setObject(2, UUID.randomUUID());
          ResultSet row = take.executeQuery();
          long account = row.next() ? row.getLong(1) : 0;
          connection.commit();
          return account;
        }
      }

      @Override
      public void putAway(long account) throws Exception {
        try (Connection connection = begin();
            PreparedStatement end = connection.prepareStatement(BARE_END)) {
          end.setLong(1, account);
          end.executeUpdate();
          connection.commit();
        }
      }

      private Connection begin() throws Exception {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement set =
            connection.prepareStatement("select set_config('app.practice', ?, true)")) {
          set.setString(1, practice.id().toString());
          set.execute();
        }
        return connection;
      }
    };
  }
}
