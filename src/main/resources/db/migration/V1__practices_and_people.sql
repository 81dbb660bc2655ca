-- Practices, the people who work for them, and programs that may call in.
-- ${app_role} is the role the application connects as: it owns nothing here and has only what is
-- granted below. No patient and no money in this file's tables, so no row-level security: a person
-- signs in before a practice is known.

create table practice (
  id uuid primary key,
  name text not null,
  made_up boolean not null default false,
  created_at timestamptz not null default now()
);

create table staff (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text,
  totp_secret bytea,
  -- the last time step whose code was used: a code works once
  totp_last_step bigint not null default 0,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  version bigint not null default 0
);
-- an address can be given again once its holder is disabled, an id never
create unique index staff_email on staff (lower(email)) where disabled_at is null;

create table membership (
  staff_id uuid not null references staff,
  practice_id uuid not null references practice,
  role text not null,
  primary key (staff_id, practice_id, role)
);
create index membership_of_practice on membership (practice_id);

create table api_client (
  id uuid primary key,
  practice_id uuid not null references practice,
  client_id text not null unique,
  name text not null,
  secret_hash text not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  version bigint not null default 0
);
create index api_client_of_practice on api_client (practice_id);

grant select, insert on practice to ${app_role};
grant select, insert, update on staff, api_client to ${app_role};
grant select, insert, delete on membership to ${app_role};
