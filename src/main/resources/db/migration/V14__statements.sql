-- Statements: what patients are sent, what keeps one back, and who got which.

-- What stands between an account and a statement, or a call: raised by people, and lowered by them.
create table account_flag (
  practice_id uuid not null references practice,
  id uuid not null,
  account_number bigint not null,
  -- the visit that it is about; null for the account as a whole
  claim_number bigint,
  -- account/FlagKind
  kind text not null,
  raised_on date not null,
  raised_by text not null,
  -- the last day on which it holds by itself; null until it is lowered
  until date,
  note text not null,
  lowered_on date,
  lowered_by text,
  primary key (practice_id, id)
);
create index account_flag_of on account_flag (practice_id, account_number);

-- How the practice bills its patients: json of statement/Policy. The last one counts; a run and a
-- statement say which one they went by.
create sequence statement_policy_number;
create table statement_policy (
  practice_id uuid not null references practice,
  number bigint not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  policy json not null,
  primary key (practice_id, number)
);

create table statement_run (
  practice_id uuid not null references practice,
  id uuid not null,
  -- PREPARING, READY, SENDING, SENT, DROPPED
  state text not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  -- of its statements
  day date not null,
  sent_at timestamptz,
  sent_by text,
  primary key (practice_id, id)
);
create index statement_run_by_time on statement_run (practice_id, made_at);

-- The accounts that a run looks at: all to which patients owe something.
create table statement_run_account (
  practice_id uuid not null,
  run_id uuid not null,
  account_number bigint not null,
  owed_cents bigint not null default 0,
  -- statement/Withheld; empty when it gets one, null until that is worked out
  reasons text[],
  -- once it is sent
  statement_number bigint,
  primary key (practice_id, run_id, account_number),
  foreign key (practice_id, run_id) references statement_run
);

create sequence statement_number;
create table statement (
  practice_id uuid not null,
  -- in the order of issuing; patients see it
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  run_id uuid,
  issued_on date not null,
  issued_at timestamptz not null default clock_timestamp(),
  issued_by text not null,
  due_on date not null,
  -- statement/Stage
  stage text not null,
  language text not null,
  -- MAIL, EMAIL, PORTAL: how it goes out
  channel text not null,
  owed_cents bigint not null,
  -- the books as they were: the last entry that counts
  entry bigint not null,
  -- all that is printed: json of statement/Content
  content json not null,
  pdf bytea not null,
  -- SHA-256 of the PDF
  pdf_hash bytea not null,
  pages int not null,
  -- SHA-256 of the code by which the patient gets at it
  code_hash bytea not null,
  primary key (practice_id, number)
);
create unique index statement_by_id on statement (practice_id, id);
create index statement_of_account on statement (practice_id, account_number, number);
-- a run that starts again after a crash sends nobody a second one
create unique index statement_once_a_run on statement (practice_id, run_id, account_number)
  where run_id is not null;
create unique index statement_by_code on statement (code_hash);
alter table statement alter column pdf set storage external;

-- The visits on a statement, with what was owed for each.
create table statement_visit (
  practice_id uuid not null,
  statement_number bigint not null,
  claim_number bigint not null,
  owed_cents bigint not null,
  primary key (practice_id, statement_number, claim_number),
  foreign key (practice_id, statement_number) references statement
);
create index statement_visit_of_claim on statement_visit (practice_id, claim_number);

do $$
declare t text;
begin
  foreach t in array array['account_flag', 'statement_policy', 'statement_run',
      'statement_run_account', 'statement', 'statement_visit'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
    if t in ('statement_policy', 'statement', 'statement_visit') then
      execute format(
        'create trigger %1$s_stays before update or delete or truncate on %1$I'
        || ' for each statement execute function refuse_change()', t);
    end if;
  end loop;
end $$;
grant update (lowered_on, lowered_by) on account_flag to ${app_role};
grant update on statement_run, statement_run_account to ${app_role};
grant usage on sequence statement_number, statement_policy_number to ${app_role};
