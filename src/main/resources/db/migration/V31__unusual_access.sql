-- Whose day stood out in the audit record, and who looked into it (45 CFR 164.308(a)(1)(ii)(D)).

create sequence unusual_access_number;

create table unusual_access (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  -- compliance/UnusualKind
  kind text not null,
  day date not null,
  -- zeros for what is nobody's in particular: the week that is to be looked through
  actor_id uuid not null,
  actor_name text not null,
  -- patients, and what is usual for this person; null where nothing is compared
  patients bigint not null,
  usual bigint,
  found_at timestamptz not null,
  primary key (practice_id, number)
);
create unique index unusual_access_by_id on unusual_access (practice_id, id);
create unique index unusual_access_once on unusual_access (practice_id, kind, day, actor_id);

create table unusual_review (
  practice_id uuid not null,
  unusual_number bigint not null,
  follow_up boolean not null,
  words text not null,
  signed_at timestamptz not null,
  signed_by text not null,
  signed_by_id uuid,
  primary key (practice_id, unusual_number),
  foreign key (practice_id, unusual_number) references unusual_access
);

-- Up to which day the record was gone through.
create table unusual_day (
  practice_id uuid primary key references practice,
  day date not null
);

do $$
declare t text;
begin
  foreach t in array array['unusual_access', 'unusual_review', 'unusual_day'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
grant update (day) on unusual_day to ${app_role};
grant usage on sequence unusual_access_number to ${app_role};
create trigger unusual_access_stays before update or delete or truncate on unusual_access
  for each statement execute function refuse_change();
create trigger unusual_review_stays before update or delete or truncate on unusual_review
  for each statement execute function refuse_change();
