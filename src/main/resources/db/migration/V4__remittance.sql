-- The 835 as rows: a check, its claims, their lines and adjustments, and everybody it names.
-- Rows are written once, by the load of a check in one transaction, and never changed.
--
-- Columns of type text[] hold short lists that nobody searches in SQL: qualifier and value by turns
-- (REF, DTM as yyyy-mm-dd, AMT in cents, QTY), null for none, written and read by remittance/Flat.
--
-- Texts that indexes hold are of collation "C": they are compared by = only, and that is fastest.
--
-- A load copies rows to temporary tables first (COPY is refused under row-level security), so the
-- application's role needs TEMPORARY on the database, as PostgreSQL gives it to everybody.

create sequence remittance_number;

create table remittance (
  practice_id uuid not null references practice,
  -- in the order of loading: what pages and searches go by
  number bigint not null,
  -- made from its content: the PaymentReconciliation's id too
  id uuid not null,
  file_id uuid not null,
  loaded_at timestamptz not null default now(),
  file_name text not null,
  file_hash text not null,
  sender text not null,
  interchange_control text not null,
  group_control text not null,
  set_control text not null,
  guide text not null,
  occurrence int not null,
  handling text not null,
  amount_cents bigint,
  credit_debit text not null,
  method text not null,
  format text,
  originator text[],
  originator_id text,
  originator_supplement text,
  receiver text[],
  payment_date date,
  trace_number text collate "C" not null,
  trace_originator text collate "C",
  trace_supplement text,
  currency text,
  currency_rate text,
  receiver_id text,
  version_id text,
  production_date date,
  payer_id uuid not null,
  payee_id uuid not null,
  payer_name text,
  payee_name text,
  payer json not null,
  payee json not null,
  unmapped text[],
  -- Totals: written when the check has been read to its end, in the same transaction
  claims int not null,
  unread int not null,
  charged_cents bigint not null,
  paid_cents bigint not null,
  adjusted_cents bigint not null,
  set_end text not null,
  unmapped_outside text[],
  primary key (practice_id, number),
  foreign key (practice_id, file_id) references received_file
);
create unique index remittance_by_id on remittance (practice_id, id);
create index remittance_by_date on remittance (practice_id, payment_date, number);
create index remittance_of_file on remittance (practice_id, file_id);
-- the same payment under another file name or control number (rules X24)
create unique index remittance_by_trace on remittance
  (practice_id, trace_number, coalesce(trace_originator, ''), coalesce(amount_cents, -1))
  where trace_number <> '';

create table claim_group (
  practice_id uuid not null,
  remittance_number bigint not null,
  position int not null,
  number text not null,
  -- TS3 and TS2, null when not sent
  provider json,
  inpatient json,
  primary key (practice_id, remittance_number, position)
);

create table claim_payment (
  practice_id uuid not null,
  remittance_number bigint not null,
  ordinal int not null,
  id uuid not null,
  group_position int not null,
  patient_control_number text collate "C" not null,
  status text not null,
  charged_cents bigint not null,
  paid_cents bigint not null,
  patient_responsibility_cents bigint,
  filing_indicator text,
  payer_claim_control_number text collate "C",
  facility_type text,
  frequency text,
  drg text,
  drg_weight numeric,
  discharge_fraction numeric,
  people text[],
  inpatient text[],
  outpatient text[],
  refs text[],
  dates text[],
  contacts text[],
  amounts text[],
  quantities text[],
  unmapped text[],
  segment bigint not null,
  byte_offset bigint not null,
  byte_length bigint not null,
  -- what is worked out once, at loading
  patient_id uuid not null,
  coverage_id uuid not null,
  prior_claim_number text,
  primary key (practice_id, remittance_number, ordinal)
);
create unique index claim_payment_by_id on claim_payment (practice_id, id);
create index claim_payment_of_patient
  on claim_payment (practice_id, patient_id, remittance_number, ordinal);
create index claim_payment_by_control_number
  on claim_payment (practice_id, patient_control_number);
create index claim_payment_by_payer_number
  on claim_payment (practice_id, payer_claim_control_number);

create table service_payment (
  practice_id uuid not null,
  remittance_number bigint not null,
  claim_ordinal int not null,
  line int not null,
  qualifier text not null,
  code text not null,
  modifiers text[],
  description text,
  charged_cents bigint not null,
  paid_cents bigint not null,
  revenue_code text,
  units_paid numeric,
  submitted text[],
  units_billed numeric,
  dates text[],
  refs text[],
  amounts text[],
  quantities text[],
  remarks text[],
  segment bigint not null,
  primary key (practice_id, remittance_number, claim_ordinal, line)
);

create table adjustment (
  practice_id uuid not null,
  remittance_number bigint not null,
  claim_ordinal int not null,
  -- 0 for one of the claim as a whole
  line int not null,
  position int not null,
  adjustment_group text not null,
  carc text not null,
  amount_cents bigint not null,
  quantity numeric,
  segment bigint not null,
  primary key (practice_id, remittance_number, claim_ordinal, line, position)
);

create table provider_adjustment (
  practice_id uuid not null,
  remittance_number bigint not null,
  position int not null,
  provider text not null,
  fiscal_period_end date,
  reason text not null,
  reference text,
  amount_cents bigint not null,
  segment bigint not null,
  primary key (practice_id, remittance_number, position)
);

-- Everybody and every coverage that remittances name, once, with the claim (or, at ordinal 0, the
-- check) that names it first: its FHIR resource is drawn from there. A check itself makes one
-- PaymentReconciliation or more, whose ordinal is the part.
create table named (
  practice_id uuid not null,
  -- Patient, Organization, Practitioner, Coverage, PaymentReconciliation
  kind text collate "C" not null,
  id uuid not null,
  remittance_number bigint not null,
  claim_ordinal int not null,
  -- of a coverage: who is covered
  patient_id uuid,
  primary key (practice_id, kind, id)
);
create index named_of_patient on named (practice_id, patient_id) where patient_id is not null;

-- What somebody can be found by. Compared by = and < only: under row-level security no other
-- operator reaches an index.
create table named_word (
  practice_id uuid not null,
  kind text collate "C" not null,
  -- family, given, suffix, name, identifier
  field text collate "C" not null,
  -- in lower case, cut to 200 characters
  word text collate "C" not null,
  id uuid not null,
  -- of an identifier: NM108, N103 or REF01; empty otherwise
  qualifier text collate "C" not null,
  primary key (practice_id, kind, field, word, id, qualifier)
);

do $$
declare t text;
begin
  foreach t in array array['remittance', 'claim_group', 'claim_payment', 'service_payment',
      'adjustment', 'provider_adjustment', 'named', 'named_word'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    if t <> 'remittance' then
      execute format('grant select, insert on %I to ${app_role}', t);
    end if;
  end loop;
end $$;
grant select, insert,
  update (claims, unread, charged_cents, paid_cents, adjusted_cents, set_end, unmapped_outside)
  on remittance to ${app_role};
grant usage on sequence remittance_number to ${app_role};
