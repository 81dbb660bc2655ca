package org.openrcm.collections;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Colleague;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose an account is, and whether it waits now: what people decide, whoever holds it. */
@Component
class Assignments {
  private final JdbcClient sql;
  private final Leases leases;
  private final Steps steps;
  private final Staff staff;

  Assignments(JdbcClient sql, Leases leases, Steps steps, Staff staff) {
    this.sql = sql;
    this.leases = leases;
    this.steps = steps;
    this.staff = staff;
  }

  /** Gives it to a collector, who finds it before all others. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void transferred(Lease held, Colleague to) {
    assign(held.number(), to);
    leases.release(held);
  }

  private void assign(long account, @Nullable Colleague to) {
    sql.sql(
            """
            update collection_entry set assigned_to = ?, assigned_name = ?, assigned_by = ?
            where account_number = ?
            """)
        .param(to == null ? null : to.id())
        .param(to == null ? null : to.name())
        .param(to == null ? null : Actor.current().name())
        .param(account)
        .update();
  }

  /** Takes it from whoever holds it; what they typed is kept, and their lease is worth nothing. */
  @Transactional
  public void takeBack(long account) {
    sql.sql(
            "select * from collection_entry where account_number = ? and lease is not null for update")
        .param(account)
        .query(Entries::lease)
        .optional()
        .ifPresent(
            held -> {
              leases.release(held);
              steps.add(
                  account, Step.Kind.TAKEN_BACK, held.id(), "It was " + held.holderName() + "'s.");
            });
  }

  /**
   * Says whose it is from now on.
   *
   * @param to null for any collector
   */
  @Transactional
  public void reassign(long account, @Nullable Colleague to) {
    assign(account, to);
    steps.add(
        account,
        Step.Kind.TRANSFERRED,
        null,
        to == null ? "To everybody." : "To " + to.name() + ".");
    leases.changed(account);
  }

  /**
   * What was for earlier days, and for collectors who are none any more, is for everybody again.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void forget(LocalDate today) {
    sql.sql("delete from collection_skip where day < ?").param(today).update();
    sql.sql(
            """
            update collection_entry set assigned_to = null, assigned_name = null, assigned_by = null
            where assigned_to is not null and not assigned_to = any (?::uuid[])
            """)
        .param(staff.with(Role.COLLECTOR).stream().map(Colleague::id).toArray(UUID[]::new))
        .update();
  }

  /** Ends its rest now. */
  @Transactional
  public void wake(long account) {
    int woken =
        sql.sql(
                """
                update collection_entry set snoozed_until = null,
                  state = case when state = 'SNOOZED' then 'WAITING' else state end
                where account_number = ? and snoozed_until is not null
                """)
            .param(account)
            .update();
    if (woken > 0) {
      steps.add(account, Step.Kind.WOKEN, null, "");
      leases.changed(account);
    }
  }
}
