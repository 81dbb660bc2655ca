-- Letters between and after statements: each is wanted for a reason, asked of the contact firewall
-- when it is printed, and kept as it was sent.

create sequence letter_number;
create table letter (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  -- letter/Stage
  stage text not null,
  -- what made it necessary: the same twice is one letter
  cause text collate "C" not null,
  wanted_on date not null,
  wanted_by text not null,
  -- the firewall's last word, once it was asked
  decision_id uuid,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (practice_id, number)
);
create unique index letter_by_id on letter (practice_id, id);
create unique index letter_once on letter (practice_id, cause);
create index letter_of on letter (practice_id, account_number, number);

-- A letter as it was printed; a file is printed at once.
create table letter_sent (
  practice_id uuid not null,
  letter_number bigint not null,
  file_id uuid not null,
  sent_on date not null,
  sent_at timestamptz not null default clock_timestamp(),
  sent_by text not null,
  language text not null,
  owed_cents bigint not null,
  decision_id uuid not null,
  pdf bytea not null,
  -- SHA-256 of the PDF
  pdf_hash bytea not null,
  pages int not null,
  primary key (practice_id, letter_number),
  foreign key (practice_id, letter_number) references letter
);
create index letter_sent_in on letter_sent (practice_id, file_id, letter_number);
alter table letter_sent alter column pdf set storage external;

do $$
declare t text;
begin
  foreach t in array array['letter', 'letter_sent'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
create trigger letter_sent_stays before update or delete or truncate on letter_sent
  for each statement execute function refuse_change();
grant update (decision_id, withdrawn_at, withdrawn_by) on letter to ${app_role};
grant usage on sequence letter_number to ${app_role};
