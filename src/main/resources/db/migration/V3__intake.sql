-- Received files, whole and unchanged, and the work that waits to be done on them.

-- Ids only, so that a worker of any node can look for work over all practices.
create table job (
  id uuid primary key,
  practice_id uuid not null references practice,
  kind text not null,
  subject_id uuid not null,
  run_at timestamptz not null default now(),
  leased_until timestamptz,
  leased_by text,
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  unique (kind, subject_id)
);
create index job_to_run on job (run_at);
grant select, insert, update, delete on job to ${app_role};

create table received_file (
  practice_id uuid not null references practice,
  id uuid not null,
  name text not null,
  sha256 bytea not null,
  -- bytes as received, and as X12 (more when the file came as gzip; null until read)
  size bigint not null,
  x12_size bigint,
  -- RECEIVED, READING, LOADED, QUARANTINED, DUPLICATE (nothing in it is new)
  state text not null,
  -- UPLOAD, API, INBOX, SAMPLE
  via text not null,
  received_at timestamptz not null default now(),
  received_by text not null,
  -- the file that this one repeats, byte for byte
  duplicate_of uuid,
  read_bytes bigint not null default 0,
  sets int not null default 0,
  claims int not null default 0,
  errors int not null default 0,
  warnings int not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  -- why it is in quarantine, in plain words
  trouble text,
  version bigint not null default 0,
  primary key (practice_id, id)
);
-- two uploads of the same bytes at once: one of them comes first
create unique index received_file_once on received_file (practice_id, sha256)
  where duplicate_of is null;
create index received_file_by_time on received_file (practice_id, received_at, id);
create index received_file_by_state on received_file (practice_id, state, received_at, id);

-- Each piece is compressed by itself (zstd), so that a place in the file can be shown without
-- reading all that comes before it.
create table file_piece (
  practice_id uuid not null,
  file_id uuid not null,
  start bigint not null,
  length int not null,
  content bytea not null,
  primary key (practice_id, file_id, start),
  -- pieces come first: what they add up to is known at the end
  foreign key (practice_id, file_id) references received_file deferrable initially deferred
);
alter table file_piece alter column content set storage external;

-- Places about a megabyte apart where showing segments can begin, with what a reader knows there.
create table file_mark (
  practice_id uuid not null,
  file_id uuid not null,
  -- in the decompressed file, of a segment's first byte
  byte_offset bigint not null,
  -- the segment's number in the file, and in its transaction set (0 outside of one)
  number_in_file bigint not null,
  number_in_set bigint not null,
  transaction_set text,
  -- of elements, of components, of segments: one byte each
  delimiters bytea not null,
  primary key (practice_id, file_id, byte_offset),
  foreign key (practice_id, file_id) references received_file
);

create table file_finding (
  practice_id uuid not null,
  file_id uuid not null,
  position int not null,
  code text not null,
  level smallint not null,
  severity text not null,
  transaction_set text,
  segment_number bigint not null,
  segment text,
  loop text,
  element text,
  byte_offset bigint not null,
  message text not null,
  primary key (practice_id, file_id, position),
  foreign key (practice_id, file_id) references received_file
);

-- What came of each transaction set of a file.
create table file_set (
  practice_id uuid not null,
  file_id uuid not null,
  position int not null,
  transaction_set text not null,
  -- LOADED, DUPLICATE, NOT_LOADED
  outcome text not null,
  -- the remittance it became, or that was there before it
  remittance_id uuid,
  claims int not null default 0,
  -- why it is a duplicate or was not loaded, in plain words
  reason text,
  primary key (practice_id, file_id, position),
  foreign key (practice_id, file_id) references received_file
);

do $$
declare t text;
begin
  foreach t in array array['received_file', 'file_piece', 'file_mark', 'file_finding',
      'file_set'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
  end loop;
end $$;

grant select, insert, update on received_file to ${app_role};
grant select, insert on file_piece to ${app_role};
grant select, insert, delete on file_mark, file_finding, file_set to ${app_role};
