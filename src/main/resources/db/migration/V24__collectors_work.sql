-- What collectors do on the work screen: what they typed and did not send yet, and what they sent.

-- Of each collector and account the last that was typed: json of names and values of the form.
create table collection_draft (
  practice_id uuid not null references practice,
  staff_id uuid not null,
  account_number bigint not null,
  saved_at timestamptz not null,
  form json not null,
  primary key (practice_id, staff_id, account_number)
);
alter table collection_draft enable row level security;
alter table collection_draft force row level security;
create policy of_the_practice on collection_draft using (
  practice_id = nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert, update, delete on collection_draft to ${app_role};

-- What a step made (a promise, a plan, a flag), by which it can be undone; and the key of the form
-- that was sent, by which the same form sent twice is known.
alter table collection_step add column about uuid, add column idempotency_key text collate "C";
create unique index collection_step_once on collection_step (practice_id, idempotency_key)
  where idempotency_key is not null;
