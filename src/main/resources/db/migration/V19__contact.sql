-- The contact firewall: as what the practice collects, what is known of how people may be reached,
-- every contact, and every decision with the facts that it rests on.

-- json of contact/Setting. The last one counts.
create sequence contact_setting_number;
create table contact_setting (
  practice_id uuid not null references practice,
  number bigint not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  setting json not null,
  primary key (practice_id, number)
);

-- Consents, wishes, refusals, lawyers, petitions: json of contact/Told. Taken off, never removed.
create sequence contact_notice_number;
create table contact_notice (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  -- contact/NoticeKind
  kind text not null,
  -- the number or e-mail address that it is about: a refusal counts for all who are reached there
  address text collate "C",
  told json not null,
  -- who is named: a lawyer, an executor, a court and its case
  name text not null,
  note text not null,
  noted_at timestamptz not null,
  noted_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  primary key (practice_id, number)
);
create unique index contact_notice_by_id on contact_notice (practice_id, id);
create index contact_notice_of on contact_notice (practice_id, account_number, number);
create index contact_notice_about on contact_notice (practice_id, address)
  where kind in ('REVOKED', 'REFUSED_CHANNEL');

-- What was known of an account when decisions were made: json of contact/Facts.
create table contact_facts (
  practice_id uuid not null references practice,
  id uuid not null,
  account_number bigint not null,
  -- SHA-256 of the rules that were asked
  rules bytea not null,
  facts json not null,
  primary key (practice_id, id)
);

create sequence contact_decision_number;
create table contact_decision (
  practice_id uuid not null,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  facts_id uuid not null,
  -- json of contact/Ask
  ask json not null,
  asked_by text not null,
  channel text not null,
  purpose text not null,
  at timestamptz not null,
  allowed boolean not null,
  next_allowed timestamptz,
  -- json of contact/Verdict: the word of every rule with its id and version
  verdict json not null,
  primary key (practice_id, number),
  foreign key (practice_id, facts_id) references contact_facts
);
create unique index contact_decision_by_id on contact_decision (practice_id, id);
create index contact_decision_of on contact_decision (practice_id, account_number, number);

-- The log of contacts.
create sequence contact_number;
create table contact (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  -- of the form: the same twice is one contact
  idempotency_key text collate "C" not null,
  account_number bigint not null,
  channel text not null,
  direction text not null,
  outcome text not null,
  purpose text not null,
  party text not null,
  address text collate "C",
  at timestamptz not null,
  note text not null,
  noted_at timestamptz not null,
  noted_by text not null,
  -- null for what the person began
  decision_id uuid,
  primary key (practice_id, number)
);
create unique index contact_once on contact (practice_id, idempotency_key);
create unique index contact_by_id on contact (practice_id, id);
create index contact_of on contact (practice_id, account_number, number);

do $$
declare t text;
begin
  foreach t in array array['contact_setting', 'contact_notice', 'contact_facts',
      'contact_decision', 'contact'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
    if t <> 'contact_notice' then
      execute format(
        'create trigger %1$s_stays before update or delete or truncate on %1$I'
        || ' for each statement execute function refuse_change()', t);
    end if;
  end loop;
end $$;
grant update (lifted_at, lifted_by) on contact_notice to ${app_role};
grant usage on sequence contact_setting_number, contact_notice_number, contact_decision_number,
  contact_number to ${app_role};
