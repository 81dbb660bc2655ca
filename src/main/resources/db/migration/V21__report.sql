-- What the manager's report adds up. All of it is made from the journal, from claims and from
-- statements (report/Totals), and can be made again: the rows of a claim are a function of its lines in
-- the journal up to report_mark, and each total is the sum of rows.

create table report_mark (
  practice_id uuid not null references practice,
  -- the last entry that counts
  entry bigint not null,
  primary key (practice_id)
);

-- Claims of which something changed that the journal does not say: they are on their first statement.
create table report_due (
  practice_id uuid not null references practice,
  claim_number bigint not null,
  primary key (practice_id, claim_number)
);

create function report_billed() returns trigger language plpgsql as $$
begin
  insert into report_due (practice_id, claim_number)
  select distinct practice_id, claim_number from added order by 1, 2
  on conflict do nothing;
  return null;
end $$;
create trigger statement_visit_is_due after insert on statement_visit
  referencing new table as added for each statement execute function report_billed();

-- What a claim came to.
create table report_claim (
  practice_id uuid not null references practice,
  claim_number bigint not null,
  -- as the claim names it, in capitals; empty when it names none
  payer text collate "C" not null,
  provider text collate "C" not null,
  -- of its first service
  day date not null,
  charged_cents bigint not null,
  discount_cents bigint not null,
  collected_cents bigint not null,
  given_up_cents bigint not null,
  open_cents bigint not null,
  primary key (practice_id, claim_number)
);
create index report_claim_by_day on report_claim (practice_id, day, claim_number);

-- What is open of it, by who is to pay.
create table report_open (
  practice_id uuid not null references practice,
  claim_number bigint not null,
  -- report/Owes
  owes text collate "C" not null,
  -- of an insurer; 0 otherwise
  rank smallint not null,
  payer text collate "C" not null,
  provider text collate "C" not null,
  day date not null,
  -- of the first statement that it is on; infinity before that, and for what insurers owe
  billed_on date not null,
  cents bigint not null,
  primary key (practice_id, claim_number, owes, rank)
);
create index report_open_by_day on report_open (practice_id, day, claim_number, owes, rank);
create index report_open_by_bill
  on report_open (practice_id, billed_on, claim_number, owes, rank) where owes = 'PATIENT';
create index report_open_of_payer
  on report_open (practice_id, payer, day, claim_number, owes, rank);
create index report_open_of_provider
  on report_open (practice_id, provider, day, claim_number, owes, rank);

-- What an insurer decided of it, when it did.
create table report_decision (
  practice_id uuid not null references practice,
  claim_number bigint not null,
  remittance_number bigint not null,
  ordinal int not null,
  payer text collate "C" not null,
  provider text collate "C" not null,
  day date not null,
  charged_cents bigint not null,
  denied_cents bigint not null,
  primary key (practice_id, claim_number, remittance_number, ordinal)
);
create index report_decision_by_day
  on report_decision (practice_id, day, remittance_number, ordinal, claim_number);

create table report_open_total (
  practice_id uuid not null references practice,
  owes text collate "C" not null,
  -- SERVICE or STATEMENT: what the day is of
  clock text collate "C" not null,
  -- DAY, or MONTH: the same again by the first day of the month, since of what is older than the
  -- oldest age there is no need to read every day
  grain text collate "C" not null,
  payer text collate "C" not null,
  provider text collate "C" not null,
  day date not null,
  claims bigint not null,
  cents bigint not null,
  primary key (practice_id, clock, grain, day, owes, payer, provider)
);
create index report_open_total_empty on report_open_total (practice_id) where claims = 0;

create table report_decision_total (
  practice_id uuid not null references practice,
  payer text collate "C" not null,
  provider text collate "C" not null,
  month date not null,
  decided bigint not null,
  denied bigint not null,
  charged_cents bigint not null,
  denied_cents bigint not null,
  primary key (practice_id, month, payer, provider)
);
create index report_decision_total_empty on report_decision_total (practice_id) where decided = 0;

create table report_claim_total (
  practice_id uuid not null references practice,
  payer text collate "C" not null,
  provider text collate "C" not null,
  -- of the first service
  month date not null,
  claims bigint not null,
  charged_cents bigint not null,
  discount_cents bigint not null,
  collected_cents bigint not null,
  given_up_cents bigint not null,
  open_cents bigint not null,
  primary key (practice_id, month, payer, provider)
);
create index report_claim_total_empty on report_claim_total (practice_id) where claims = 0;

do $$
declare t text;
begin
  foreach t in array array['report_mark', 'report_due', 'report_claim', 'report_open',
      'report_decision', 'report_open_total', 'report_decision_total', 'report_claim_total'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert, update, delete on %I to ${app_role}', t);
  end loop;
end $$;
