-- What it means that an account is out of the queue (collections/OutAs), so that FHIR's Tasks can
-- be searched by status without reading the reasons of each entry.

alter table collection_entry add column out_as text collate "C";

alter table collection_entry no force row level security;
alter table collection_entry disable trigger collection_entry_changes;
update collection_entry set out_as = case
    when strpos(reasons::text, '"SOMETHING_IS_OWED"') > 0 then 'SETTLED'
    when reasons::text ~ '^\[\{"rule":"ONLY_AFTER_FULL_STATEMENT_CYCLE"[^}]*\}\]$'
      then case when asked_on is null then 'SETTLED' else 'EARLY' end
    else 'BARRED' end
  where score is not null and not eligible;
alter table collection_entry enable trigger collection_entry_changes;
alter table collection_entry force row level security;

create or replace view task with (security_invoker = true) as
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
    when out_as = 'SETTLED' then 'completed'
    when out_as = 'BARRED' then 'cancelled'
    else 'draft' end) collate "C",
  coalesce(holder_id, assigned_to), made_at, changed_at
from collection_entry;
