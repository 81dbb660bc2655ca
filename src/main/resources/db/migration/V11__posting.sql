-- How the decisions of payers get into the journal.
--
-- What is posted follows from facts: claims, claim payments, and which checks are posted; and from
-- what people decided, which posting_command keeps in their order. The other tables here hold what
-- follows from those, and can be made again.

create sequence posting_command_number;

-- How checks of a payer are posted: REVIEW, ONE_CLICK or AUTOMATIC; without a row REVIEW.
create table payer_mode (
  practice_id uuid not null references practice,
  -- TRN03, or the payer's name in lower case where none was sent
  payer text collate "C" not null,
  name text not null,
  mode text not null,
  primary key (practice_id, payer)
);

create table remittance_posting (
  practice_id uuid not null,
  remittance_number bigint not null,
  -- PREPARING, WAITING, HELD, POSTING, POSTED, UNDOING, UNDONE
  state text not null default 'PREPARING',
  payer text collate "C" not null,
  -- of the payment; of loading where it has none
  day date not null,
  -- null when it cannot be read
  amount_cents bigint,
  -- BPR02 less what claims and adjustments come to
  difference_cents bigint not null,
  -- claims and lines of which charge less adjustments is not what was paid, and by how much
  unbalanced int not null,
  unbalanced_cents bigint not null,
  -- everything of it was read
  whole boolean not null,
  -- no amount in it is out of range: otherwise it cannot be posted
  postable boolean not null,
  posted_at timestamptz,
  posted_by text,
  primary key (practice_id, remittance_number)
);
create index remittance_posting_by_state on remittance_posting (practice_id, state);

-- How far a check that is being posted or undone has come: seen before the posting commits.
create table posting_progress (
  practice_id uuid not null,
  remittance_number bigint not null,
  done int not null,
  total int not null,
  primary key (practice_id, remittance_number)
);

-- A claim payment: which claim it is for, and what posting it does, or did when it is posted.
create table payment_posting (
  practice_id uuid not null,
  remittance_number bigint not null,
  ordinal int not null,
  claim_payment_id uuid not null,
  -- CLM01 of the claim it is for; CLP01 where there is none
  family text collate "C" not null,
  -- the claim whose receivable it is applied to; null when it is for none that is here
  claim_number bigint,
  -- the claim that somebody chose; null: the one that the numbers say
  chosen_claim bigint,
  -- of the payer who decided; null while it is not applied
  rank smallint,
  -- somebody left it out
  held boolean not null default false,
  -- AS_SENT when somebody decided that it is to be applied although it looks wrong
  ruling text,
  -- APPLIED, REVERSED (applied, and taken back since), or why it is not (posting/Trouble); null
  -- until worked out
  outcome text,
  -- the amounts it brings, each to its account
  paid_cents bigint not null default 0,
  contractual_cents bigint not null default 0,
  denied_cents bigint not null default 0,
  reduced_cents bigint not null default 0,
  patient_cents bigint not null default 0,
  next_payer_cents bigint not null default 0,
  unapplied_cents bigint not null default 0,
  -- receivables of the claim without this check, and with it
  insurance_before_cents bigint not null default 0,
  insurance_after_cents bigint not null default 0,
  patient_before_cents bigint not null default 0,
  patient_after_cents bigint not null default 0,
  primary key (practice_id, remittance_number, ordinal)
) with (fillfactor = 80);
create index payment_posting_of_family on payment_posting (practice_id, family);
create index payment_posting_of_claim on payment_posting (practice_id, claim_number)
  where claim_number is not null;
create unique index payment_posting_by_id on payment_posting (practice_id, claim_payment_id);

-- What somebody has to look at, each once for its document and type.
create table posting_exception (
  practice_id uuid not null,
  id uuid not null,
  -- posting/Trouble
  type text collate "C" not null,
  source text collate "C" not null,
  source_number bigint not null,
  source_place int not null,
  amount_cents bigint not null,
  payer text collate "C",
  opened_at timestamptz not null default now(),
  -- OPEN; CLOSED by somebody; SOLVED when its cause is gone
  state text collate "C" not null default 'OPEN',
  owner_id uuid,
  owner_name text,
  closed_at timestamptz,
  closed_by text,
  note text,
  primary key (practice_id, id)
);
create unique index posting_exception_once
  on posting_exception (practice_id, source_number, source, source_place, type);
create index posting_exception_by_state
  on posting_exception (practice_id, state, opened_at, id);
create index posting_exception_by_amount
  on posting_exception (practice_id, state, amount_cents, id);

-- What people decided, in order.
create table posting_command (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  given_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  actor_name text not null,
  -- POST, UNDO, HOLD, LEAVE_OUT, TAKE_IN, MATCH, UNMATCH, AS_SENT, CLOSE, REOPEN, ASSIGN, MODE
  kind text not null,
  remittance_number bigint,
  ordinal int,
  claim_number bigint,
  exception_id uuid,
  detail text,
  primary key (practice_id, number)
);
create index posting_command_of_remittance on posting_command (practice_id, remittance_number);
create index posting_command_of_exception on posting_command (practice_id, exception_id)
  where exception_id is not null;
create trigger posting_command_stays before update or delete or truncate on posting_command
  for each statement execute function refuse_change();

-- The claim that a takeback is for, where somebody said so.
create table takeback_claim (
  practice_id uuid not null,
  payer text collate "C" not null,
  -- PLB03-2
  reference text collate "C" not null,
  claim_number bigint not null,
  primary key (practice_id, payer, reference)
);
create index takeback_of_claim on takeback_claim (practice_id, claim_number);

-- Claim numbers (CLM01) of whose claims something changed that the journal does not show yet.
create table posting_due (
  practice_id uuid not null,
  family text collate "C" not null,
  primary key (practice_id, family)
);

create index provider_adjustment_by_reference
  on provider_adjustment (practice_id, reference) where reference is not null;
create index provider_adjustment_forward
  on provider_adjustment (practice_id, provider) where reason = 'FB';
create index claim_event_of_claim_payment on claim_event (practice_id, claim_payment_id)
  where claim_payment_id is not null;

do $$
declare t text;
begin
  foreach t in array array['payer_mode', 'remittance_posting', 'posting_progress', 'payment_posting',
      'posting_exception', 'posting_command', 'takeback_claim', 'posting_due'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
    if t not in ('posting_command', 'posting_due') then
      execute format('grant update on %I to ${app_role}', t);
    end if;
  end loop;
end $$;
grant delete on posting_due, posting_progress, takeback_claim to ${app_role};
grant usage on sequence posting_command_number to ${app_role};
