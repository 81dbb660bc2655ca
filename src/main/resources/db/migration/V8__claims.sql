-- The 837 as rows, and what came back for it: submissions, their claims, acknowledgements, and the
-- events of each claim's life.
--
-- A claim's record is kept whole as JSON, written and read by claim/ClaimJson; what lists search,
-- sort and add up stands beside it in columns. State and what depends on events change; all else
-- is written once.
--
-- Events are kept whether or not a claim they speak of is here: they may come before it. Which claim
-- they belong to, and which state follows, is worked out anew by claim/ClaimStates whenever a claim
-- or an event of the same numbers comes, so that the order in which files arrive makes no difference.

create sequence submission_number;
create sequence claim_number;
create sequence acknowledgement_number;
create sequence claim_event_number;

create table submission (
  practice_id uuid not null references practice,
  -- in the order of loading
  number bigint not null,
  -- made from its content
  id uuid not null,
  file_id uuid not null,
  loaded_at timestamptz not null default now(),
  file_name text not null,
  sender text not null,
  interchange_control text collate "C" not null,
  group_control text collate "C" not null,
  set_control text collate "C" not null,
  kind text not null,
  -- BHT03 and BHT04
  reference text collate "C",
  submitted_on date,
  record json not null,
  -- Totals
  claims int not null,
  unread int not null,
  charged_cents bigint not null,
  set_end text not null,
  -- what a 999 (or a TA1 that refuses the interchange) said of the set: ACKNOWLEDGED or
  -- REJECTED_BY_999; null until then
  answer text,
  answered_on date,
  primary key (practice_id, number),
  foreign key (practice_id, file_id) references received_file
);
create unique index submission_by_id on submission (practice_id, id);
create index submission_of_file on submission (practice_id, file_id);
create index submission_by_control on submission (practice_id, group_control, set_control);
create index submission_by_interchange on submission (practice_id, interchange_control);

create table claim (
  practice_id uuid not null,
  -- in the order of loading
  number bigint not null,
  id uuid not null,
  submission_number bigint not null,
  ordinal int not null,
  kind text not null,
  patient_control_number text collate "C" not null,
  charged_cents bigint not null,
  frequency text,
  -- REF*F8: the payer's number of the claim that this one replaces or voids
  prior_claim_number text collate "C",
  payer_name text,
  payer_id text,
  patient_id uuid not null,
  patient_name text not null,
  service_from date,
  service_until date,
  submitted_on date,
  lines int not null,
  segment bigint not null,
  byte_offset bigint not null,
  byte_length bigint not null,
  record json not null,
  -- what follows from its events
  state text not null,
  state_since date not null,
  -- as the payer told it: REF*1K or CLP07
  payer_claim_number text collate "C",
  paid_cents bigint not null default 0,
  owed_cents bigint not null default 0,
  primary key (practice_id, number),
  foreign key (practice_id, submission_number) references submission
    deferrable initially deferred
) with (toast_tuple_target = 256, fillfactor = 90);
create unique index claim_by_id on claim (practice_id, id);
create index claim_of_submission on claim (practice_id, submission_number, ordinal);
create index claim_by_control_number on claim (practice_id, patient_control_number);
create index claim_by_payer_number on claim (practice_id, payer_claim_number)
  where payer_claim_number is not null;
create index claim_by_prior_number on claim (practice_id, prior_claim_number)
  where prior_claim_number is not null;
create index claim_by_day on claim (practice_id, service_from, number);
create index claim_by_state on claim (practice_id, state, number);
create index claim_of_patient on claim (practice_id, patient_id);

-- What a patient can be found by: names and member number, in lower case. Compared by = and <
-- only: under row-level security no other operator reaches an index.
create table billed_word (
  practice_id uuid not null,
  word text collate "C" not null,
  patient_id uuid not null,
  primary key (practice_id, word, patient_id)
);

-- TA1, each transaction set that a 999 answers (or the group, when it answers none), 277CA.
create table acknowledgement (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  -- TA1, 999, 277CA
  kind text not null,
  file_id uuid not null,
  loaded_at timestamptz not null default now(),
  transaction_set text,
  -- whom it answers: numbers of ours, as far as it says them
  interchange_control text collate "C",
  group_control text collate "C",
  set_control text collate "C",
  -- TA104, IK501 or AK901; of a 277CA none
  code text,
  -- TA105, IK502 on, or AK905 on
  notes text[],
  made_on date,
  segment bigint not null,
  byte_offset bigint not null,
  -- what it answers; null for something that was never sent from here, or has not come yet
  submission_number bigint,
  primary key (practice_id, number),
  foreign key (practice_id, file_id) references received_file
);
create unique index acknowledgement_by_id on acknowledgement (practice_id, id);
create index acknowledgement_by_control
  on acknowledgement (practice_id, group_control, set_control);
create index acknowledgement_by_interchange on acknowledgement (practice_id, interchange_control);
create index acknowledgement_of_submission on acknowledgement (practice_id, submission_number);
create index acknowledgement_of_file on acknowledgement (practice_id, file_id);

create table claim_event (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  -- ERROR (of a 999), ACCEPTED, REJECTED, FORWARDED, STATUS (of a 277CA), PAID, DENIED,
  -- PARTLY_PAID, REVERSED, ESTIMATED (of an 835)
  kind text not null,
  happened_on date not null,
  recorded_at timestamptz not null default now(),
  patient_control_number text collate "C" not null,
  payer_claim_number text collate "C",
  -- IK304, STC01 or CLP02
  code text not null,
  amount_cents bigint,
  -- what the patient owes by it (group PR)
  owed_cents bigint,
  file_id uuid not null,
  -- of an 835: the EOB's id, and its remittance
  claim_payment_id uuid,
  remittance_id uuid,
  -- of the set that it speaks of, when that is known (999)
  submission_number bigint,
  segment bigint not null,
  byte_offset bigint not null,
  -- which claim it belongs to; null when none that is here
  claim_number bigint,
  primary key (practice_id, number),
  foreign key (practice_id, file_id) references received_file
);
create unique index claim_event_by_id on claim_event (practice_id, id);
create index claim_event_by_control_number on claim_event (practice_id, patient_control_number);
create index claim_event_by_payer_number on claim_event (practice_id, payer_claim_number)
  where payer_claim_number is not null;
create index claim_event_of_claim on claim_event (practice_id, claim_number);
create index claim_event_of_file on claim_event (practice_id, file_id, byte_offset);

-- A patient whom somebody looks for on a list: named by this row's id in addresses, so that no name
-- gets into them.
create table patient_search (
  practice_id uuid not null references practice,
  id uuid not null,
  staff_id uuid,
  created_at timestamptz not null default now(),
  words text not null,
  primary key (practice_id, id)
);

-- A list as somebody likes to see it.
create table saved_view (
  practice_id uuid not null references practice,
  id uuid not null,
  staff_id uuid not null references staff,
  list text not null,
  name text not null,
  -- the address's query
  query text not null,
  created_at timestamptz not null default now(),
  -- taken away, and can be taken back
  deleted_at timestamptz,
  primary key (practice_id, id)
);
create index saved_view_of on saved_view (practice_id, staff_id, list, created_at);

-- What came of a transaction set may now be a submission or an acknowledgement.
alter table file_set add column type text not null default '835';
alter table file_set add column submission_id uuid;

do $$
declare t text;
begin
  foreach t in array array['submission', 'claim', 'billed_word', 'acknowledgement', 'claim_event',
      'patient_search', 'saved_view'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
grant update (answer, answered_on) on submission to ${app_role};
grant update (state, state_since, payer_claim_number, paid_cents, owed_cents)
  on claim to ${app_role};
grant update (submission_number) on acknowledgement to ${app_role};
grant update (claim_number) on claim_event to ${app_role};
grant update (deleted_at) on saved_view to ${app_role};
grant delete on patient_search to ${app_role};
grant usage on sequence submission_number, claim_number, acknowledgement_number,
  claim_event_number to ${app_role};
