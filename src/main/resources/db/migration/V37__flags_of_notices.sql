-- The flag that a notice raised, and that is lowered when the notice is taken off: a petition or a
-- lawyer stands in the way of bills, payments and the queue as well as of calls.
alter table contact_notice add column flag_id uuid;

-- The owner sees no row while row-level security is forced on them too
alter table contact_notice no force row level security;
alter table account_flag no force row level security;
update contact_notice set flag_id = gen_random_uuid()
  where kind in ('LAWYER', 'BANKRUPTCY') and lifted_at is null;
insert into account_flag (practice_id, id, account_number, kind, raised_on, raised_by, note)
select practice_id, flag_id, account_number, case kind when 'LAWYER' then 'ATTORNEY' else kind end,
  noted_at::date, noted_by, case kind when 'LAWYER' then 'Has a lawyer' else 'Filed for bankruptcy' end
from contact_notice where flag_id is not null;
alter table account_flag force row level security;
alter table contact_notice force row level security;
