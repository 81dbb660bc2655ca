-- Promises, with what was paid toward each: on its account since it was made, by its day and after
-- it; what was given back is taken off. Collectors and the manager's page are told the same by it.
create view promise with (security_invoker = true) as
select p.*, paid.cents as paid_cents, paid.late as late_cents
from collection_promise p
cross join lateral (
  select coalesce(sum(m.cents) filter (where m.received_on <= p.due_on), 0)::bigint as cents,
    coalesce(sum(m.cents) filter (where m.received_on > p.due_on), 0)::bigint as late
  from (
    select m.received_on, m.amount_cents - coalesce((
      select sum(r.amount_cents) from patient_refund r
      where r.payment_number = m.number and r.state <> 'FAILED'), 0) as cents
    from patient_payment m
    where m.account_number = p.account_number and m.taken_at >= p.made_at
      and m.voided_at is null) m) paid;
grant select on promise to ${app_role};
