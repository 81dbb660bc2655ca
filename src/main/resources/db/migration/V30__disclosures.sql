-- What was told of patients to others, as somebody noted it, and who asked for an accounting of it
-- (45 CFR 164.528). What the program itself sends for payment is in audit_event.

create sequence disclosure_number;

create table disclosure (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  made_on date not null,
  recipient text not null,
  -- empty when it is not known
  address text not null,
  description text not null,
  -- rules/disclosure-purpose.tsv
  purpose text not null,
  reason text not null,
  noted_at timestamptz not null,
  noted_by text not null,
  noted_by_id uuid,
  -- noted by mistake: it stays to be seen, and is on no accounting
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (practice_id, number)
);
create unique index disclosure_by_id on disclosure (practice_id, id);
create index disclosure_of_account on disclosure (practice_id, account_number, number);

-- An official asked that the patient is not told for a while.
create table disclosure_hold (
  practice_id uuid not null,
  disclosure_number bigint not null,
  place int not null,
  agency text not null,
  in_writing boolean not null,
  -- the first and the last day
  begins_on date not null,
  ends_on date not null check (ends_on >= begins_on),
  noted_at timestamptz not null,
  noted_by text not null,
  primary key (practice_id, disclosure_number, place),
  foreign key (practice_id, disclosure_number) references disclosure
);

create table accounting_request (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  asked_on date not null,
  noted_at timestamptz not null,
  noted_by text not null,
  extended_on date,
  extended_why text,
  given_on date,
  given_by text,
  -- what was given: compliance/Accounting
  given json,
  primary key (practice_id, number)
);
create unique index accounting_request_by_id on accounting_request (practice_id, id);
create index accounting_request_of_account
  on accounting_request (practice_id, account_number, number);

do $$
declare t text;
begin
  foreach t in array array['disclosure', 'disclosure_hold', 'accounting_request'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
grant update (withdrawn_at, withdrawn_by) on disclosure to ${app_role};
grant update (extended_on, extended_why, given_on, given_by, given)
  on accounting_request to ${app_role};
grant usage on sequence disclosure_number to ${app_role};
create trigger disclosure_hold_stays before update or delete or truncate on disclosure_hold
  for each statement execute function refuse_change();
