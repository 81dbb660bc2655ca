-- The collections queue: which accounts are in it and why others are not, in which order, who holds
-- which now, and what patients promised to pay.

create sequence collection_number;

create table collection_team (
  practice_id uuid not null references practice,
  number bigint not null,
  name text not null,
  removed boolean not null default false,
  primary key (practice_id, number)
);
create unique index collection_team_by_name on collection_team (practice_id, name)
  where not removed;

create table collection_team_member (
  practice_id uuid not null,
  team_number bigint not null,
  staff_id uuid not null,
  primary key (practice_id, team_number, staff_id),
  foreign key (practice_id, team_number) references collection_team
);

-- Queues are worked in the order of their places. An account is in the first one that it fits.
create table collection_queue (
  practice_id uuid not null references practice,
  number bigint not null,
  place int not null,
  name text not null,
  -- who works it; null for every collector
  team_number bigint,
  -- what fits; null where any does. Days since the first statement, from and to themselves included
  from_days int,
  until_days int,
  from_cents bigint,
  until_cents bigint,
  language text,
  removed boolean not null default false,
  primary key (practice_id, number),
  foreign key (practice_id, team_number) references collection_team
);

-- One row for each account that was ever sent a statement.
create table collection_entry (
  practice_id uuid not null references practice,
  account_number bigint not null,
  -- OUT for a reason, WAITING for a collector, SNOOZED until a day, HELD by one
  state text not null default 'OUT',
  -- why it is out: json of a list of collections/Reason
  reasons json not null default '[]',
  eligible boolean not null default false,
  owed_cents bigint not null default 0,
  -- when the patient was first asked for it
  asked_on date,
  language text not null default 'en',
  -- 0: it fits no queue
  queue_number bigint not null default 0,
  -- expected recovery per minute of work; the greatest is next
  priority bigint not null default 0,
  -- what it came from: json of collections/Score
  score json,
  -- something about the account has changed since this was worked out
  stale boolean not null default true,
  -- the day for which it was worked out
  worked_out_on date not null default '-infinity',
  snoozed_until date,
  snoozed_by text,
  -- the one collector that it is for; null for any
  assigned_to uuid,
  assigned_name text,
  assigned_by text,
  -- whether the patient may be called, and until when that is so
  open boolean not null default true,
  open_until timestamptz not null default 'infinity',
  -- who holds it
  lease uuid,
  holder_id uuid,
  holder_name text,
  held_since timestamptz,
  leased_until timestamptz,
  primary key (practice_id, account_number),
  check ((state = 'HELD') = (lease is not null))
);
-- what is next: of a queue, and of one collector
create index collection_entry_next on collection_entry
  (practice_id, queue_number, priority desc, account_number)
  include (owed_cents, asked_on)
  where state = 'WAITING' and assigned_to is null;
create index collection_entry_assigned on collection_entry
  (practice_id, assigned_to, priority desc, account_number) where assigned_to is not null;
create index collection_entry_held on collection_entry (practice_id, leased_until)
  where state = 'HELD';
-- nobody holds two
create unique index collection_entry_one_each on collection_entry (practice_id, holder_id)
  where lease is not null;
create unique index collection_entry_by_lease on collection_entry (practice_id, lease)
  where lease is not null;
create index collection_entry_stale on collection_entry (practice_id, account_number) where stale;
create index collection_entry_by_day on collection_entry (practice_id, worked_out_on, account_number);
create index collection_entry_open on collection_entry (practice_id, open_until)
  where state = 'WAITING';
create index collection_entry_snoozed on collection_entry (practice_id, snoozed_until)
  where state = 'SNOOZED';

-- Accounts that a collector has put at the end for a day.
create table collection_skip (
  practice_id uuid not null,
  staff_id uuid not null,
  day date not null,
  account_number bigint not null,
  at timestamptz not null,
  primary key (practice_id, staff_id, day, account_number)
);

-- What was done with an account, by whom. Only ever added to.
create sequence collection_step_number;
create table collection_step (
  practice_id uuid not null references practice,
  number bigint not null,
  account_number bigint not null,
  at timestamptz not null,
  -- null for what happened by itself
  staff_id uuid,
  staff_name text not null,
  -- collections/Step.Kind
  kind text not null,
  lease uuid,
  words text not null,
  primary key (practice_id, number)
);
create index collection_step_of on collection_step (practice_id, account_number, number);
create index collection_step_by_staff on collection_step (practice_id, staff_id, at);

-- Whether it is kept is read from the payments since.
create sequence collection_promise_number;
create table collection_promise (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  due_on date not null,
  made_on date not null,
  made_at timestamptz not null,
  made_by_id uuid,
  made_by text not null,
  idempotency_key text collate "C" not null,
  -- taken back, or another one made in its place
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (practice_id, number)
);
create unique index collection_promise_by_id on collection_promise (practice_id, id);
create unique index collection_promise_once on collection_promise (practice_id, idempotency_key);
create index collection_promise_of on collection_promise (practice_id, account_number, number);

-- The last day on which a practice's accounts were all asked to be worked out anew.
create table collection_day (
  practice_id uuid not null references practice,
  day date not null,
  primary key (practice_id)
);

do $$
declare t text;
begin
  foreach t in array array['collection_team', 'collection_team_member', 'collection_queue',
      'collection_entry', 'collection_skip', 'collection_step', 'collection_promise',
      'collection_day'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
create trigger collection_step_stays before update or delete or truncate on collection_step
  for each statement execute function refuse_change();
grant update on collection_team, collection_queue, collection_entry, collection_day to ${app_role};
grant update (withdrawn_at, withdrawn_by) on collection_promise to ${app_role};
grant update (at) on collection_skip to ${app_role};
grant delete on collection_team_member, collection_skip to ${app_role};
grant usage on sequence collection_number, collection_step_number, collection_promise_number
  to ${app_role};
