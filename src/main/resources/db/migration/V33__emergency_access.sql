-- Emergency access (45 CFR 164.312(a)(2)(ii)): who looked beyond their roles, why, and until when.
-- Every look is in the audit record with purpose BTG; each emergency waits for a review.

create table emergency_access (
  practice_id uuid not null references practice,
  id uuid not null,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null,
  -- by the database's clock, as the audit record is
  begun_at timestamptz not null default clock_timestamp(),
  until_at timestamptz not null,
  primary key (practice_id, id)
);
alter table emergency_access enable row level security;
alter table emergency_access force row level security;
create policy of_the_practice on emergency_access using (practice_id =
  nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert on emergency_access to ${app_role};
create trigger emergency_access_stays before update or delete or truncate on emergency_access
  for each statement execute function refuse_change();

-- What stood out has one row for a person and day; each emergency has its own.
drop index unusual_access_once;
create unique index unusual_access_once on unusual_access (practice_id, kind, day, actor_id)
  where kind <> 'EMERGENCY';
