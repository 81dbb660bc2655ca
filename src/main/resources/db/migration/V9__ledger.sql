-- The double-entry journal. Rows are added and never changed: a mistake is answered by another entry.
--
-- A batch is what one transaction posts, for one cause. Batches of a practice are written one at a
-- time (ledger/Journal holds a lock until it commits), so their order is that of their numbers and of
-- posted_at: a balance as of a moment is a balance up to an entry.

create sequence journal_batch_number;
create sequence journal_entry_number;

create table journal_batch (
  practice_id uuid not null references practice,
  number bigint not null,
  posted_at timestamptz not null,
  -- entries and lines can join a batch only in its own transaction
  transaction_id xid8 not null default pg_current_xact_id(),
  -- CLAIMS_BILLED, CHECK_POSTED, CHECK_UNDONE, ... (posting/Cause)
  cause text not null,
  -- what was posted or undone: the id of a remittance or of an exception; null where there are many
  subject_id uuid,
  actor_id uuid,
  actor_name text not null,
  first_entry bigint not null,
  last_entry bigint not null,
  primary key (practice_id, number)
);
create index journal_batch_by_time on journal_batch (practice_id, posted_at, number);

-- What a batch says of one document: the charges of a claim, a claim payment, a provider adjustment,
-- a check.
create table journal_entry (
  practice_id uuid not null,
  number bigint not null,
  batch bigint not null,
  -- CLAIM, PAYMENT, PROVIDER_ADJUSTMENT, CHECK (ledger/Source)
  source text collate "C" not null,
  -- the number of the claim, or of the remittance
  source_number bigint not null,
  -- the claim's or the adjustment's place in the remittance; 0 otherwise
  source_place int not null,
  -- of the service, or of the payment
  day date not null,
  primary key (practice_id, number),
  foreign key (practice_id, batch) references journal_batch
);
create index journal_entry_of_source
  on journal_entry (practice_id, source_number, source, source_place, number);

create table journal_line (
  practice_id uuid not null,
  entry bigint not null,
  line int not null,
  -- ledger/AccountKind
  account text collate "C" not null,
  -- positive is debit, negative is credit
  amount_cents bigint not null check (amount_cents <> 0),
  claim_number bigint,
  -- of an insurance receivable: whose turn it is, 1 the primary insurer
  rank smallint,
  -- LX01 of the claim's line
  service_line int,
  -- such as CO-45 or WO
  code text,
  -- by which money is followed: a check's number, a takeback's reference
  reference text collate "C",
  -- of the document's transaction set: the segment that says the amount
  segment bigint not null,
  primary key (practice_id, entry, line),
  foreign key (practice_id, entry) references journal_entry
);
create index journal_line_of_claim on journal_line (practice_id, claim_number, entry)
  where claim_number is not null;
create index journal_line_of_reference on journal_line (practice_id, reference, account, entry)
  where reference is not null;
-- what is waiting to be worked: few rows among many
create index journal_line_denied on journal_line (practice_id, account, entry)
  where account in ('DENIED_PENDING_REVIEW', 'PAYER_REDUCTION');

-- What each account came to after each batch that touched it, and how many lines were on it.
create table ledger_total (
  practice_id uuid not null,
  account text collate "C" not null,
  batch bigint not null,
  balance_cents bigint not null,
  lines bigint not null,
  primary key (practice_id, account, batch),
  foreign key (practice_id, batch) references journal_batch
);

do $$
declare t text;
begin
  foreach t in array array['journal_batch', 'journal_entry', 'journal_line', 'ledger_total'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
    execute format(
      'create trigger %1$s_stays before update or delete or truncate on %1$I'
      || ' for each statement execute function refuse_change()', t);
  end loop;
end $$;
grant usage on sequence journal_batch_number, journal_entry_number to ${app_role};

-- Entries and totals join their own transaction's batch, lines their own transaction's entries.
create function refuse_late_entries() returns trigger language plpgsql as $$
begin
  if exists (
      select from added a
      join journal_batch b on b.practice_id = a.practice_id and b.number = a.batch
      where b.transaction_id <> pg_current_xact_id()
        or a.number not between b.first_entry and b.last_entry) then
    raise exception 'ENTRY_OF_ANOTHER_BATCH' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger journal_entry_in_time after insert on journal_entry
  referencing new table as added for each statement execute function refuse_late_entries();

create function refuse_late_lines() returns trigger language plpgsql as $$
begin
  if exists (
      select from (select distinct practice_id, entry from added) a
      where not exists (
        select from journal_batch b
        where b.practice_id = a.practice_id and b.transaction_id = pg_current_xact_id()
          and a.entry between b.first_entry and b.last_entry)) then
    raise exception 'LINE_OF_ANOTHER_BATCH' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger journal_line_in_time after insert on journal_line
  referencing new table as added for each statement execute function refuse_late_lines();
create index journal_batch_of_transaction on journal_batch (practice_id, transaction_id);

create function refuse_late_totals() returns trigger language plpgsql as $$
begin
  if exists (
      select from added a
      join journal_batch b on b.practice_id = a.practice_id and b.number = a.batch
      where b.transaction_id <> pg_current_xact_id()) then
    raise exception 'TOTAL_OF_ANOTHER_BATCH' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger ledger_total_in_time after insert on ledger_total
  referencing new table as added for each statement execute function refuse_late_totals();

-- When the transaction commits: the batch is the latest, each entry in its range is its own and has
-- lines that come to zero, and totals are what the lines make of the totals before.
create function entries_must_balance() returns trigger language plpgsql as $$
begin
  if new.transaction_id <> pg_current_xact_id() or exists (
      select from journal_batch b
      where b.practice_id = new.practice_id and b.number > new.number
        and b.transaction_id <> new.transaction_id)
      or new.posted_at < (
        select b.posted_at from journal_batch b
        where b.practice_id = new.practice_id and b.number < new.number
        order by b.number desc limit 1)
      or new.first_entry <= (
        select b.last_entry from journal_batch b
        where b.practice_id = new.practice_id and b.number < new.number
        order by b.number desc limit 1) then
    raise exception 'BATCHES_MUST_FOLLOW' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (
      select from journal_entry e
      left join journal_line l on l.practice_id = e.practice_id and l.entry = e.number
      where e.practice_id = new.practice_id
        and e.number between new.first_entry and new.last_entry
      group by e.number, e.batch
      having count(l.line) < 2 or sum(l.amount_cents) <> 0 or e.batch <> new.number) then
    raise exception 'ENTRIES_MUST_BALANCE' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (
      select from (
        select account, sum(amount_cents) as moved, count(*) as lines from journal_line
        where practice_id = new.practice_id and entry between new.first_entry and new.last_entry
        group by account) m
      full join (
        select t.account, t.balance_cents - coalesce(p.balance_cents, 0) as moved,
          t.lines - coalesce(p.lines, 0) as lines
        from ledger_total t
        left join lateral (
          select p.balance_cents, p.lines from ledger_total p
          where p.practice_id = t.practice_id and p.account = t.account and p.batch < t.batch
          order by p.batch desc limit 1) p on true
        where t.practice_id = new.practice_id and t.batch = new.number) t using (account)
      where m.moved is distinct from t.moved or m.lines is distinct from t.lines) then
    raise exception 'TOTALS_MUST_FOLLOW' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger journal_batch_balances after insert on journal_batch
  deferrable initially deferred for each row execute function entries_must_balance();
