-- What a payer refused and somebody gave up. Facts like the others from which entries follow: each
-- holds while its payment is applied to that claim. What was decided when is in posting_command.
create table denial_write_off (
  practice_id uuid not null references practice,
  remittance_number bigint not null,
  ordinal int not null,
  claim_number bigint not null,
  -- of the adjustment in its transaction set, with its group and reason
  segment bigint not null,
  code text collate "C" not null,
  -- why
  note text not null,
  written_off_at timestamptz not null default now(),
  written_off_by text not null,
  primary key (practice_id, remittance_number, ordinal, claim_number, segment, code)
);

create index journal_line_denial_written_off on journal_line (practice_id, account, entry)
  where account = 'DENIAL_WRITE_OFF';

alter table denial_write_off enable row level security;
alter table denial_write_off force row level security;
create policy of_the_practice on denial_write_off
  using (practice_id = nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert, delete on denial_write_off to ${app_role};
