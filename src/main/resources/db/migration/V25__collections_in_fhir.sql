-- The collections queue for programs that follow it over FHIR: an id of each entry's own, when it was
-- made, when what its Task shows changed last, and one source of rows for all Tasks.

alter table collection_entry
  add column id uuid not null default gen_random_uuid(),
  -- null for those that were made before this was kept
  add column made_at timestamptz,
  add column changed_at timestamptz not null default clock_timestamp();
alter table collection_entry alter column made_at set default clock_timestamp();
create unique index collection_entry_by_id on collection_entry (practice_id, id);

-- json has no =, so note_change() cannot compare these rows. What changes without being seen, such as
-- a lease that goes on, costs the comparison alone.
create function note_moment() returns trigger language plpgsql as $$
begin
  new.changed_at := clock_timestamp();
  return new;
end $$;
create trigger collection_entry_changes before update on collection_entry for each row
  when ((old.state, old.owed_cents, old.priority, old.asked_on, old.snoozed_until, old.assigned_to,
      old.assigned_name, old.holder_id, old.holder_name, old.reasons::text, old.score::text)
    is distinct from (new.state, new.owed_cents, new.priority, new.asked_on, new.snoozed_until,
      new.assigned_to, new.assigned_name, new.holder_id, new.holder_name, new.reasons::text, new.score::text))
  execute function note_moment();

-- Exceptions of posting and entries of the queue, in the words of FHIR's TaskStatus. The rows are
-- those of the practice: the view looks with the rights of who asks.
create view task with (security_invoker = true) as
select practice_id, id, type, source, source_number, source_place, state,
  (case
    when state = 'SOLVED' then 'completed'
    when state = 'CLOSED' then 'cancelled'
    when owner_id is null then 'requested'
    else 'in-progress' end) collate "C" as status,
  owner_id, opened_at, changed_at
from posting_exception
union all
select practice_id, id, 'COLLECT'::text collate "C", 'ACCOUNT'::text collate "C", account_number, 0,
  state collate "C",
  (case
    when state = 'HELD' then 'in-progress'
    when state = 'SNOOZED' then 'on-hold'
    when state = 'WAITING' and assigned_to is null then 'requested'
    when state = 'WAITING' then 'ready'
    when score is null then 'draft'
    when strpos(reasons::text, '"SOMETHING_IS_OWED"') > 0 then 'completed'
    -- nothing is to be asked for now: reminders are still to be sent, or all that was billed is paid
    when reasons::text ~ '^\[\{"rule":"ONLY_AFTER_FULL_STATEMENT_CYCLE"[^}]*\}\]$'
      then case when asked_on is null then 'completed' else 'draft' end
    else 'cancelled' end) collate "C",
  coalesce(holder_id, assigned_to), made_at, changed_at
from collection_entry;
grant select on task to ${app_role};

-- What programs are warned of on an account: flags, and what was told of how somebody may be reached
-- where it forbids something. A flag that ends by itself does so at the end of a day, in UTC.
alter table account_flag add column changed_at timestamptz not null default clock_timestamp();
create trigger account_flag_changes before update on account_flag
  for each row execute function note_change();

create view flag with (security_invoker = true) as
select practice_id, id, account_number, claim_number, 'BILLING' as category, kind,
  case when lowered_on is not null or until < (now() at time zone 'UTC')::date
    then 'inactive' else 'active' end as status,
  raised_on, least(until, lowered_on) as ended_on,
  null::timestamptz as noted_at, null::timestamptz as lifted_at,
  greatest(changed_at, case when until < (now() at time zone 'UTC')::date
    then (until + 1)::timestamp at time zone 'UTC' end) as changed_at
from account_flag
union all
select practice_id, id, account_number, null, 'CONTACT', kind,
  case when lifted_at is not null then 'inactive' else 'active' end,
  null, null, noted_at, lifted_at, greatest(noted_at, lifted_at)
from contact_notice
where kind in ('REVOKED', 'REFUSED_CHANNEL', 'NOT_AT_TIMES', 'NOT_AT_PLACE', 'CEASE', 'LAWYER',
  'BANKRUPTCY', 'ESTATE', 'CREDITOR_ASKED');
grant select on flag to ${app_role};
