-- An id for programs that read the audit record over FHIR: neither the number of the row, which would
-- tell how much all practices together do, nor one that differs from run to run. It begins with the
-- moment (microseconds since 1970), so that its order is that of time and new rows come at the end of
-- the index; the rest is a hash. A column and no expression, as row-level security lets no index be used
-- for what calls a function; made of what is sealed, so that it cannot be changed unseen either.

alter table audit_event add column public_id uuid generated always as ((
  lpad(to_hex((extract(epoch from recorded_at at time zone 'UTC') * 1000000)::bigint), 16, '0')
  || substr(md5(coalesce(practice_id::text, '') || ' ' || id::text || ' ' || request_id), 1, 16)
)::uuid) stored;
create index audit_event_by_public_id on audit_event (practice_id, public_id);
