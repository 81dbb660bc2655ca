-- What patients ask of the office on their own pages: to check something, or for help with a bill.
-- Their words are kept as they were typed. Each raises a flag, which keeps bills back until somebody
-- of the office, or the patient, takes it off.

create table patient_request (
  practice_id uuid not null references practice,
  id uuid not null,
  account_number bigint not null,
  -- DISPUTE, ASSISTANCE
  kind text not null check (kind in ('DISPUTE', 'ASSISTANCE')),
  -- what a dispute is about: a visit, or one line of it (LX01)
  claim_number bigint,
  service_line int,
  -- portal/PatientRequest.Reason; null when it asks for help
  reason text,
  words text not null,
  -- who asks for help, as far as they like to say
  people int,
  income_cents bigint,
  phone text,
  flag_id uuid not null,
  made_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  primary key (practice_id, id),
  foreign key (practice_id, flag_id) references account_flag
);
create index patient_request_of on patient_request (practice_id, account_number);

alter table patient_request enable row level security;
alter table patient_request force row level security;
create policy of_the_practice on patient_request using (practice_id =
  nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert on patient_request to ${app_role};
grant update (withdrawn_at) on patient_request to ${app_role};
