-- When the posting of a check, or an exception, changed last: what programs that follow them over
-- FHIR ask for.

alter table remittance_posting add column changed_at timestamptz not null
  default clock_timestamp();
alter table posting_exception add column changed_at timestamptz not null
  default clock_timestamp();

create function note_change() returns trigger language plpgsql as $$
begin
  if new is distinct from old then
    new.changed_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger remittance_posting_changes before update of state on remittance_posting
  for each row execute function note_change();
create trigger posting_exception_changes before update on posting_exception
  for each row execute function note_change();
