-- Searches over FHIR that have further pages. The link to the next page carries the id of such a
-- row and a place in the list, so that no name and no number of a patient gets into a URL (and from
-- there into the logs of whatever stands between). A row instead of an encrypted link: there is no
-- key to keep, share between nodes and renew, and row-level security guards it like all the rest.

create table fhir_search (
  practice_id uuid not null references practice,
  id uuid not null,
  created_at timestamptz not null default now(),
  resource_type text not null,
  -- as it was sent
  query text not null,
  primary key (practice_id, id)
);
create index fhir_search_by_time on fhir_search (practice_id, created_at);

alter table fhir_search enable row level security;
alter table fhir_search force row level security;
create policy of_the_practice on fhir_search
  using (practice_id = nullif(current_setting('app.practice', true), '')::uuid);

grant select, insert, delete on fhir_search to ${app_role};
