-- Who did or tried what, to whose data. The application can add and read, nothing else.

create table audit_event (
  id bigint generated always as identity primary key,
  -- null when nobody is signed in yet: such rows are seen by the table's owner only
  practice_id uuid references practice,
  recorded_at timestamptz not null default clock_timestamp(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  roles text not null,
  action text not null,
  subject_type text not null,
  subject_id text,
  patient_id uuid,
  -- of a search: as it was sent
  query bytea,
  purpose text not null,
  address text,
  request_id text not null,
  -- as FHIR AuditEvent.outcome: 0 success, 4 minor failure, 8 serious failure
  outcome smallint not null,
  outcome_text text
);
create index audit_event_by_time on audit_event (practice_id, id);
-- rows come in the order of time, so that a summary of each stretch is enough
create index audit_event_by_day on audit_event using brin (recorded_at);
create index audit_event_by_patient on audit_event (practice_id, patient_id, id);

alter table audit_event enable row level security;
alter table audit_event force row level security;
create policy of_the_practice on audit_event for select
  using (practice_id = nullif(current_setting('app.practice', true), '')::uuid);
create policy by_the_practice on audit_event for insert
  with check (practice_id is not distinct from
    nullif(current_setting('app.practice', true), '')::uuid);

grant select, insert on audit_event to ${app_role};

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed or deleted', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_stays before update or delete or truncate on audit_event
  for each statement execute function refuse_change();
