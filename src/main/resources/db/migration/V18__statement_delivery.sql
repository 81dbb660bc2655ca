-- What became of statements after they were issued: e-mail sent or not, and what goes on paper
-- instead. Only ever added to; the last row of a statement is how it stands. Never an address.

create sequence statement_delivery_number;
create table statement_delivery (
  practice_id uuid not null,
  number bigint not null,
  statement_number bigint not null,
  at timestamptz not null default clock_timestamp(),
  noted_by text not null,
  -- statement/Delivery: SENT, FAILED (and tried again), PAPER (to be printed instead), PRINTED
  state text not null,
  -- statement/Undelivered; null for SENT
  why text,
  -- the print file that it is in, of PRINTED
  batch uuid,
  primary key (practice_id, number),
  foreign key (practice_id, statement_number) references statement
);
create index statement_delivery_of on statement_delivery (practice_id, statement_number, number);
-- nothing is sent or printed twice on record, whoever notes it at once
create unique index statement_delivery_once
  on statement_delivery (practice_id, statement_number, state) where state <> 'FAILED';
create index statement_delivery_on_paper on statement_delivery (practice_id, statement_number)
  where state = 'PAPER';
create index statement_delivery_printed on statement_delivery (practice_id, batch, number)
  where batch is not null;

alter table statement_delivery enable row level security;
alter table statement_delivery force row level security;
create policy of_the_practice on statement_delivery using (
  practice_id = nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert on statement_delivery to ${app_role};
grant usage on sequence statement_delivery_number to ${app_role};
create trigger statement_delivery_stays before update or delete or truncate on statement_delivery
  for each statement execute function refuse_change();
