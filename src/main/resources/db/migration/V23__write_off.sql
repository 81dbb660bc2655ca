-- Money that is given up: proposed by one person, approved by another. What it did is in the journal
-- alone (documents WRITE_OFF), an entry for each visit.

create sequence write_off_number;

create table write_off (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  -- writeoff/Kind
  kind text not null,
  note text not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  proposed_by_id uuid,
  idempotency_key text collate "C" not null,
  -- PROPOSED, APPROVED, REFUSED, UNDONE
  state text collate "C" not null,
  decided_at timestamptz,
  decided_by text,
  decided_by_id uuid,
  undone_at timestamptz,
  undone_by text,
  -- what the patient had paid for its visits when help was granted, if the refund desk is to look
  refund_cents bigint not null default 0,
  primary key (practice_id, number)
);
create unique index write_off_by_id on write_off (practice_id, id);
create unique index write_off_once on write_off (practice_id, idempotency_key);
create index write_off_by_state on write_off (practice_id, state, number);
create index write_off_of_account on write_off (practice_id, account_number, number);

create table write_off_visit (
  practice_id uuid not null,
  write_off_number bigint not null,
  -- its document's place
  place int not null,
  claim_number bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (practice_id, write_off_number, place),
  foreign key (practice_id, write_off_number) references write_off
);
create unique index write_off_visit_once
  on write_off_visit (practice_id, write_off_number, claim_number);

do $$
declare t text;
begin
  foreach t in array array['write_off', 'write_off_visit'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
grant update (state, decided_at, decided_by, decided_by_id, undone_at, undone_by, refund_cents)
  on write_off to ${app_role};
grant usage on sequence write_off_number to ${app_role};
create trigger write_off_visit_stays before update or delete or truncate on write_off_visit
  for each statement execute function refuse_change();
