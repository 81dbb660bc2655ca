-- The patient's own pages: who may open which account, and how often it was tried.
--
-- A patient shows who they are before a practice is known, so these tables have no row-level security;
-- hence they hold nothing that can be read as a patient's: hashes, random ids and numbers of accounts.
-- What those numbers stand for is behind row-level security as ever.

-- The practice of a code that is printed on a statement.
create table statement_code (
  -- SHA-256 of the code
  code_hash bytea primary key,
  practice_id uuid not null references practice,
  statement_number bigint not null
);

-- Whatever issues a statement, its code opens it: with the owner's rights, so that the application
-- cannot lead a code anywhere else.
create function remember_statement_code() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into statement_code values (new.code_hash, new.practice_id, new.number);
  return null;
end $$;
create trigger statement_code_remembered after insert on statement
  for each row execute function remember_statement_code();

-- The owner sees no row while row-level security is forced on them too
alter table statement no force row level security;
insert into statement_code select code_hash, practice_id, number from statement;
alter table statement force row level security;

create table patient_login (
  id uuid primary key,
  -- SHA-256 of the address in lower case; the address itself is not kept. Null once it is removed
  email_hash bytea,
  password_hash text,
  totp_secret bytea,
  -- the last time step whose code was used: a code works once
  totp_last_step bigint not null default 0,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  made_at timestamptz not null,
  -- when a code of a statement made a new password, last
  renewed_at timestamptz,
  removed_at timestamptz,
  version bigint not null default 0
);
create unique index patient_login_by_email on patient_login (email_hash);

-- The patient accounts that a login opens.
create table patient_login_account (
  login_id uuid not null references patient_login,
  practice_id uuid not null references practice,
  account_number bigint not null,
  bound_at timestamptz not null,
  primary key (login_id, practice_id, account_number)
);
create index patient_login_of_account on patient_login_account (practice_id, account_number);

-- Wrong tries of a code and a birth date, counted by what they have in common (portal/Limit).
create table code_tries (
  kind text collate "C" not null,
  -- SHA-256 of the code, of the network address, of the practice's id
  key bytea not null,
  since timestamptz not null,
  tries int not null,
  primary key (kind, key)
);
create index code_tries_by_time on code_tries (kind, since);

grant select on statement_code to ${app_role};
grant select, insert, update on patient_login to ${app_role};
grant select, insert, delete on patient_login_account to ${app_role};
grant select, insert, update, delete on code_tries to ${app_role};
