-- Sessions, one-time links, and the key that signs the tokens of API clients. All instances of the
-- server share them.

-- Spring Session's own tables
create table spring_session (
  primary_id char(36) not null primary key,
  session_id char(36) not null,
  creation_time bigint not null,
  last_access_time bigint not null,
  max_inactive_interval int not null,
  expiry_time bigint not null,
  principal_name varchar(100)
);
create unique index spring_session_by_id on spring_session (session_id);
create index spring_session_by_expiry on spring_session (expiry_time);

create table spring_session_attributes (
  session_primary_id char(36) not null references spring_session on delete cascade,
  attribute_name varchar(200) not null,
  attribute_bytes bytea not null,
  primary key (session_primary_id, attribute_name)
);

create table one_time_link (
  -- SHA-256 of the token: who reads this table cannot use a link
  token_hash bytea primary key,
  -- null: for the first administrator, when there is no staff at all
  staff_id uuid references staff,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_link_of_staff on one_time_link (staff_id);

create table signing_key (
  -- there is one: whoever comes first makes it
  id int primary key default 1 check (id = 1),
  jwk text not null,
  created_at timestamptz not null default now()
);

grant select, insert, update, delete on spring_session, spring_session_attributes to ${app_role};
grant select, insert, update on one_time_link to ${app_role};
grant select, insert on signing_key to ${app_role};
