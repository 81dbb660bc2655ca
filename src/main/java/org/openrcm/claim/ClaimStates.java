package org.openrcm.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Works out, in the transaction of whatever came, which claim each event belongs to and which state
 * each claim is in. What is asked for by number takes with it all that is linked to it.
 */
@Component
class ClaimStates {
  private static final int AT_ONCE = 1000;

  private final JdbcClient sql;
  private final LinkedClaims.Reader reader;
  private final ApplicationEventPublisher events;

  ClaimStates(JdbcClient sql, LinkedClaims.Reader reader, ApplicationEventPublisher events) {
    this.sql = sql;
    this.reader = reader;
    this.events = events;
  }

  /**
   * Lets one transaction of the practice at a time work out states. Of tables that were filled a
   * moment ago PostgreSQL has no statistics, and may read them whole for each of many keys: until
   * the transaction ends it is to use their indexes.
   */
  void lock() {
    UUID practice = Actor.currentPractice();
    sql.sql("select pg_advisory_xact_lock(?), set_config('enable_seqscan', 'off', true)")
        .param(practice.getMostSignificantBits() ^ practice.getLeastSignificantBits())
        .query((row, index) -> true)
        .single();
  }

  /** A submission was added: what came back for it before is brought together with it. */
  void joined(long submission) {
    sql.sql(
            """
            update acknowledgement a set submission_number = s.number from submission s
            where s.number = ? and a.submission_number is null and
              case a.kind when '999' then a.group_control = s.group_control
                  and (a.set_control = s.set_control or a.set_control is null)
                when 'TA1' then a.interchange_control = s.interchange_control else false end
            """)
        .param(submission)
        .update();
    answered(List.of(submission));
    List<String> controls =
        sql.sql(
                """
                select distinct c.patient_control_number from claim c
                where c.submission_number = ? and (c.prior_claim_number is not null
                  or exists (select from claim_event e
                    where e.patient_control_number = c.patient_control_number)
                  or exists (select from claim o where o.number <> c.number
                    and o.patient_control_number = c.patient_control_number))
                """)
            .param(submission)
            .query(String.class)
            .list();
    settle(controls);
  }

  /** Acknowledgements of these submissions came: the latest of each says whether it was taken. */
  void answered(Collection<Long> submissions) {
    for (Long submission : submissions) {
      sql.sql(
              """
              update submission s set answered_on = a.made_on, answer = case
                  when a.code in ('A', 'E', 'P') then 'ACKNOWLEDGED' else 'REJECTED_BY_999' end
              from (select code, made_on from acknowledgement
                where submission_number = :submission
                  and (kind = '999' or (kind = 'TA1' and code = 'R'))
                order by made_on desc nulls last, number desc limit 1) a
              where s.number = :submission
              """)
          .param("submission", submission)
          .update();
      // those about which more is known than that stay as they are
      List<Long> answered =
          sql.sql(
                  """
                  update claim c
                  set state = s.answer, state_since = coalesce(s.answered_on, c.state_since)
                  from submission s
                  where s.number = :submission and c.submission_number = :submission
                    and s.answer is not null and c.state in ('READ', 'ACKNOWLEDGED', 'REJECTED_BY_999')
                  returning case when (old.state = 'REJECTED_BY_999')
                    <> (new.state = 'REJECTED_BY_999') then c.number end
                  """)
              .param("submission", submission)
              .query((row, index) -> row.getObject(1, Long.class))
              .list();
      Set<Long> refused = new HashSet<>(answered);
      refused.remove(null);
      if (!refused.isEmpty()) {
        events.publishEvent(new ClaimsChanged(refused));
      }
      // whether one takes another's place depends on its not being refused
      settle(
          sql.sql(
                  """
                  select patient_control_number from claim where submission_number = ?
                    and (frequency in ('7', '8') or state in ('REPLACED', 'VOIDED'))
                  """)
              .param(submission)
              .query(String.class)
              .list());
    }
  }

  /** Something came for claims of these numbers. */
  void settle(Collection<String> patientControlNumbers) {
    List<String> all = List.copyOf(new HashSet<>(patientControlNumbers));
    if (all.isEmpty()
        || !sql.sql("select exists (select from claim)").query(Boolean.class).single()) {
      return; // where no claims are kept, remittances need not wait for it
    }
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      settleSome(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
    }
  }

  private void settleSome(List<String> controls) {
    LinkedClaims linked = reader.of(controls);
    Map<Long, LinkedClaims.Stored> claims = linked.claims();
    Collection<ClaimEvent> events = linked.events().values();
    Map<Long, Long> owners = new HashMap<>();
    List<Lineage.Standing> standings = new ArrayList<>();
    for (Lineage lineage : new Families(claims, events).lineages()) {
      Map<Long, Long> found = lineage.owners();
      owners.putAll(found);
      standings.addAll(lineage.standings(found));
    }
    Set<Long> concerned = moved(events, owners);
    concerned.addAll(counting(claims, standings));
    writeOwners(events, owners);
    writeStandings(claims, standings);
    if (!concerned.isEmpty()) {
      this.events.publishEvent(new ClaimsChanged(Set.copyOf(concerned)));
    }
  }

  /** The claims from which and to which something moves that came back before. */
  private static Set<Long> moved(Collection<ClaimEvent> events, Map<Long, Long> owners) {
    Set<Long> moved = new HashSet<>();
    for (ClaimEvent event : events) {
      Long before = event.claimNumber();
      Long now = owners.get(event.number());
      if (before != null && !before.equals(now)) {
        moved.add(before);
        if (now != null) {
          moved.add(now);
        }
      }
    }
    return moved;
  }

  /** The claims that begin, or cease, to be refused or taken over. */
  private static Set<Long> counting(
      Map<Long, LinkedClaims.Stored> claims, List<Lineage.Standing> standings) {
    Set<Long> changed = new HashSet<>();
    for (Lineage.Standing now : standings) {
      ClaimState before = Objects.requireNonNull(claims.get(now.claim())).standing().state();
      if (before.isRefused() != now.state().isRefused()
          || before.isTakenOver() != now.state().isTakenOver()
          || (now.state().isTakenOver() && before != now.state())) {
        changed.add(now.claim());
      }
    }
    return changed;
  }

  private void writeOwners(Collection<ClaimEvent> events, Map<Long, Long> owners) {
    List<ClaimEvent> changed =
        events.stream()
            .filter(event -> !Objects.equals(event.claimNumber(), owners.get(event.number())))
            .toList();
    if (!changed.isEmpty()) {
      sql.sql(
              """
              update claim_event e set claim_number = n.claim
              from unnest(?::bigint[], ?::bigint[]) as n (event, claim) where e.number = n.event
              """)
          .param(changed.stream().map(ClaimEvent::number).toArray(Long[]::new))
          .param(changed.stream().map(each -> owners.get(each.number())).toArray(Long[]::new))
          .update();
    }
  }

  private void writeStandings(
      Map<Long, LinkedClaims.Stored> claims, List<Lineage.Standing> standings) {
    List<Lineage.Standing> changed =
        standings.stream()
            .filter(now -> !now.equals(Objects.requireNonNull(claims.get(now.claim())).standing()))
            .toList();
    if (!changed.isEmpty()) {
      sql.sql(
              """
              update claim c set state = n.state, state_since = n.since,
                payer_claim_number = n.payer_number, paid_cents = n.paid, owed_cents = n.owed
              from unnest(?::bigint[], ?::text[], ?::date[], ?::text[], ?::bigint[], ?::bigint[])
                as n (claim, state, since, payer_number, paid, owed)
              where c.number = n.claim
              """)
          .param(changed.stream().map(Lineage.Standing::claim).toArray(Long[]::new))
          .param(changed.stream().map(each -> each.state().name()).toArray(String[]::new))
          .param(changed.stream().map(each -> each.since().toString()).toArray(String[]::new))
          .param(changed.stream().map(Lineage.Standing::payerClaimNumber).toArray(String[]::new))
          .param(changed.stream().map(each -> each.paid().cents()).toArray(Long[]::new))
          .param(changed.stream().map(each -> each.owed().cents()).toArray(Long[]::new))
          .update();
    }
  }
}
