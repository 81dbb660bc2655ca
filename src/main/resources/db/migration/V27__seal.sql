-- The audit record in an order without gaps, and hashed: who changes, adds or takes away an entry
-- afterwards does not get the same hashes. What was hashed is signed outside the database.

-- Entries that wait to be sealed: filled by the insert itself, so that nobody has to ask which are.
create table audit_pending (event_id bigint primary key);

create function await_seal() returns trigger language plpgsql
  security definer set search_path from current as $$
begin
  insert into audit_pending (event_id) select id from written;
  return null;
end $$;
create trigger audit_event_awaits_seal after insert on audit_event
  referencing new table as written for each statement execute function await_seal();
insert into audit_pending (event_id) select id from audit_event;

-- Entries that were sealed together. A chain is of a practice, or of zeros: of what concerns none.
create table audit_batch (
  chain uuid not null,
  number bigint not null,
  -- how many entries of the chain came before
  after_entries bigint not null,
  events bigint[] not null,
  -- seal/Entry's hash of each
  leaves bytea[] not null,
  -- of the Merkle tree (RFC 9162) over all entries of the chain up to these
  root bytea not null,
  -- what the next batch is added to: the roots of the full trees that this one is made of
  peaks bytea not null,
  sealed_at timestamptz not null,
  primary key (chain, number)
);
-- no two heads
create unique index audit_batch_once on audit_batch (chain, after_entries);
create trigger audit_batch_stays before update or delete or truncate on audit_batch
  for each statement execute function refuse_change();

-- The sealer and the verifier see what concerns every practice; the entries' own policies stand.
create policy for_sealing on audit_event for select
  using (current_setting('app.sealing', true) = 'yes');
alter table audit_batch enable row level security;
alter table audit_batch force row level security;
create policy for_sealing on audit_batch
  using (current_setting('app.sealing', true) = 'yes');
grant select, insert on audit_batch to ${app_role};
grant select, delete on audit_pending to ${app_role};
