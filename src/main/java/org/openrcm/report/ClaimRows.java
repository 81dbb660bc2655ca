package org.openrcm.report;

import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes the rows of claims anew, and moves the totals by what changed. */
@Component
class ClaimRows {

  /**
   * What came of a claim and is not on it any more was collected: the lines of an entry come to
   * zero, and cash and credits are not for claims.
   */
  private static final String MAKE =
      """
      with n as materialized (
        select unnest(cast(:claims as bigint[])) as claim_number
      ), posted as materialized (
        select n.claim_number, l.account, l.rank, l.amount_cents, e.source, e.source_number,
          e.source_place, e.day
        from n
        cross join lateral (
          select * from journal_line
          where claim_number = n.claim_number and entry <= :until offset 0) l
        cross join lateral (select * from journal_entry where number = l.entry offset 0) e
      ), billed as materialized (
        select c.number as claim_number, upper(btrim(coalesce(c.payer_name, ''))) as payer,
          upper(coalesce(nullif((
            select %2$s from json_array_elements(coalesce(c.record->'providers', '[]')) p
            where p.value->'person'->>'entity' in ('82', '71')
            order by p.value->'person'->>'entity' desc limit 1), ''), %3$s, '')) as provider,
          c.record
        from n cross join lateral (select * from claim where number = n.claim_number offset 0) c
      ), insurer as materialized (
        select distinct on (claim_number, rank) claim_number, rank, payer from (
          select claim_number, payer, 0 as place, %1$s as rank
          from (select *, record->'subscriber'->'membership'->>'sequence' as sequence from billed) b
          union all
          select b.claim_number, upper(btrim(coalesce(o.value->'payer'->'person'->>'lastName', ''))),
            o.ordinality::int, %1$s
          from billed b
          cross join lateral json_array_elements(coalesce(b.record->'otherCoverages', '[]'))
            with ordinality o
          cross join lateral (select o.value->'membership'->>'sequence' as sequence) s) i
        order by claim_number, rank, place
      ), fact as materialized (
        select p.claim_number, coalesce(b.payer, '') as payer,
          coalesce(b.provider, '') as provider, p.day
        from (
          select claim_number, coalesce(min(day) filter (where source = 'CLAIM'), min(day)) as day
          from posted group by claim_number) p
        left join billed b on b.claim_number = p.claim_number
      ), claims as (
        insert into report_claim (practice_id, claim_number, payer, provider, day, charged_cents,
          discount_cents, collected_cents, given_up_cents, open_cents)
        select :practice, s.claim_number, f.payer, f.provider, f.day, s.charged, s.discount,
          s.collected, s.given_up, s.open
        from (
          select claim_number,
            -coalesce(sum(amount_cents) filter (where account = 'REVENUE'), 0) as charged,
            coalesce(sum(amount_cents)
              filter (where account = 'CONTRACTUAL_ADJUSTMENT'), 0) as discount,
            -sum(amount_cents) as collected,
            coalesce(sum(amount_cents)
              filter (where account in ('BAD_DEBT', 'CHARITY', 'SMALL_BALANCE',
                'DENIAL_WRITE_OFF')), 0) as given_up,
            coalesce(sum(amount_cents) filter (where account in ('INSURANCE_RECEIVABLE',
              'DENIED_PENDING_REVIEW', 'PATIENT_RECEIVABLE', 'AGENCY_PLACED')), 0) as open
          from posted group by claim_number) s
        join fact f on f.claim_number = s.claim_number
        where (s.charged, s.discount, s.collected, s.given_up, s.open) <> (0, 0, 0, 0, 0)
      ), open as (
        insert into report_open (practice_id, claim_number, owes, rank, payer, provider, day,
          billed_on, cents)
        select :practice, s.claim_number, s.owes, s.rank,
          case s.owes when 'INSURER' then coalesce(i.payer, '') else f.payer end, f.provider, f.day,
          case s.owes when 'PATIENT' then coalesce((
              select min(t.issued_on)
              from (select * from statement_visit
                where claim_number = s.claim_number offset 0) v
              cross join lateral (
                select * from statement where number = v.statement_number offset 0) t),
            'infinity') else 'infinity' end,
          s.cents
        from (
          select claim_number, case account when 'INSURANCE_RECEIVABLE' then 'INSURER'
              when 'PATIENT_RECEIVABLE' then 'PATIENT' else 'DENIED' end as owes,
            case account when 'INSURANCE_RECEIVABLE' then coalesce(rank, 1) else 0 end as rank,
            sum(amount_cents) as cents
          from posted
          where account in ('INSURANCE_RECEIVABLE', 'PATIENT_RECEIVABLE', 'DENIED_PENDING_REVIEW')
          group by 1, 2, 3 having sum(amount_cents) <> 0) s
        join fact f on f.claim_number = s.claim_number
        left join insurer i on i.claim_number = s.claim_number and i.rank = s.rank
      )
      insert into report_decision (practice_id, claim_number, remittance_number, ordinal, payer,
        provider, day, charged_cents, denied_cents)
      select :practice, d.claim_number, d.source_number, d.source_place, coalesce(i.payer, f.payer),
        f.provider, d.day, coalesce(c.charged_cents, 0), greatest(d.denied, 0)
      from (
        select claim_number, source_number, source_place, min(day) as day,
          coalesce(sum(cents) filter (
            where account in ('DENIED_PENDING_REVIEW', 'DENIAL_WRITE_OFF')), 0) as denied,
          (array_agg(rank order by cents, rank)
            filter (where account = 'INSURANCE_RECEIVABLE'))[1] as rank
        from (
          select claim_number, source_number, source_place, account, rank, min(day) as day,
            sum(amount_cents) as cents
          from posted where source = 'PAYMENT'
          group by claim_number, source_number, source_place, account, rank
          having sum(amount_cents) <> 0) p
        group by claim_number, source_number, source_place) d
      join fact f on f.claim_number = d.claim_number
      left join insurer i on i.claim_number = d.claim_number and i.rank = d.rank
      left join lateral (
        select charged_cents, status from claim_payment
        where remittance_number = d.source_number and ordinal = d.source_place offset 0) c on true
      where c.status is distinct from '22'
      """
          .formatted(
              // SBR01, as posting ranks it: what says nothing is the primary
              """
              case when length(sequence) = 1
                then greatest(1, strpos('PSTABCDEFGH', sequence)) else 1 end
              """,
              // who saw the patient: rendering or attending provider, otherwise who bills
              name("p.value->'person'"),
              name("c.record->'billing'->'provider'->'person'"));

  private static final List<String> ROWS =
      List.of("report_claim", "report_open", "report_decision");

  private static final List<String> TOTALS =
      List.of(
          """
          insert into report_open_total as t (practice_id, owes, clock, grain, payer, provider,
            day, claims, cents)
          select :practice, o.owes, c.clock, g.grain, o.payer, o.provider, g.day,
            :sign * count(*), :sign * sum(o.cents)
          from report_open o
          cross join lateral (values ('SERVICE', o.day), ('STATEMENT', o.billed_on)) c (clock, day)
          cross join lateral (
            values ('DAY', c.day), ('MONTH', date_trunc('month', c.day)::date)) g (grain, day)
          where o.claim_number = any (:claims) and (c.clock = 'SERVICE' or o.owes = 'PATIENT')
          group by 2, 3, 4, 5, 6, 7 order by 2, 3, 4, 5, 6, 7
          on conflict (practice_id, clock, grain, day, owes, payer, provider) do update set
            claims = t.claims + excluded.claims, cents = t.cents + excluded.cents
          """,
          """
          insert into report_decision_total as t (practice_id, payer, provider, month, decided,
            denied, charged_cents, denied_cents)
          select :practice, payer, provider, date_trunc('month', day)::date, :sign * count(*),
            :sign * count(*) filter (where denied_cents > 0), :sign * sum(charged_cents),
            :sign * sum(denied_cents)
          from report_decision where claim_number = any (:claims)
          group by 2, 3, 4 order by 2, 3, 4
          on conflict (practice_id, month, payer, provider) do update set
            decided = t.decided + excluded.decided, denied = t.denied + excluded.denied,
            charged_cents = t.charged_cents + excluded.charged_cents,
            denied_cents = t.denied_cents + excluded.denied_cents
          """,
          """
          insert into report_claim_total as t (practice_id, payer, provider, month, claims,
            charged_cents, discount_cents, collected_cents, given_up_cents, open_cents)
          select :practice, payer, provider, date_trunc('month', day)::date, :sign * count(*),
            :sign * sum(charged_cents), :sign * sum(discount_cents), :sign * sum(collected_cents),
            :sign * sum(given_up_cents), :sign * sum(open_cents)
          from report_claim where claim_number = any (:claims)
          group by 2, 3, 4 order by 2, 3, 4
          on conflict (practice_id, month, payer, provider) do update set
            claims = t.claims + excluded.claims,
            charged_cents = t.charged_cents + excluded.charged_cents,
            discount_cents = t.discount_cents + excluded.discount_cents,
            collected_cents = t.collected_cents + excluded.collected_cents,
            given_up_cents = t.given_up_cents + excluded.given_up_cents,
            open_cents = t.open_cents + excluded.open_cents
          """);

  private static final List<String> EMPTY =
      List.of(
          "delete from report_open_total where claims = 0",
          "delete from report_decision_total where decided = 0",
          "delete from report_claim_total where claims = 0");

  private final JdbcClient sql;

  ClaimRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** "LAST, FIRST" of a person, the name of an organisation. */
  private static String name(String person) {
    return "concat_ws(', ', %1$s->>'lastName', %1$s->>'firstName')".formatted(person);
  }

  /**
   * Makes them anew.
   *
   * @param until the last entry that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void renew(List<Long> claims, long until) {
    Long[] numbers = claims.toArray(Long[]::new);
    UUID practice = Actor.currentPractice();
    move(numbers, practice, -1);
    for (String table : ROWS) {
      sql.sql("delete from " + table + " where claim_number = any (?)")
          .param((Object) numbers)
          .update();
    }
    sql.sql(MAKE)
        .param("claims", numbers)
        .param("until", until)
        .param("practice", practice)
        .update();
    move(numbers, practice, 1);
    EMPTY.forEach(each -> sql.sql(each).update());
  }

  private void move(Long[] claims, UUID practice, int sign) {
    for (String total : TOTALS) {
      sql.sql(total)
          .param("practice", practice)
          .param("claims", claims)
          .param("sign", sign)
          .update();
    }
  }
}
