-- Accounts: the people who were treated, with who pays for them, as claims say and as people of the
-- office corrected it.
--
-- What claims say is kept apart (said) from what somebody decided (corrected), and of two claims the
-- later one counts, so that the order in which files arrive makes no difference.

create sequence account_number;
create sequence account_coverage_number;
create sequence account_correction_number;

create table account (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  last_name text,
  first_name text,
  middle_name text,
  suffix text,
  birth_date date,
  -- F, M, U
  sex text,
  address_1 text,
  address_2 text,
  city text,
  state text,
  postal_code text,
  country text,
  phone text,
  email text,
  -- en, es
  language text not null default 'en',
  -- MAIL, EMAIL, TEXT, PHONE, PORTAL
  channel text not null default 'MAIL',
  paper boolean not null default true,
  -- who pays what insurers do not; without a name the patient. What the guarantor is to the patient:
  -- SPOUSE, PARENT, PARTNER, OTHER
  guarantor_relationship text,
  guarantor_last_name text,
  guarantor_first_name text,
  guarantor_birth_date date,
  guarantor_address_1 text,
  guarantor_address_2 text,
  guarantor_city text,
  guarantor_state text,
  guarantor_postal_code text,
  guarantor_country text,
  guarantor_phone text,
  -- last and first name in capitals: the order of lists
  sort_name text collate "C" not null,
  -- day of the latest claim
  seen_on date,
  -- what the latest claims say, by account/Topic: json of account/Said
  said jsonb not null,
  -- the topics that somebody set by hand: claims do not change them
  corrected text[] not null default '{}',
  version bigint not null default 0,
  primary key (practice_id, number)
);
create unique index account_by_id on account (practice_id, id);
create index account_by_name on account (practice_id, sort_name, number);
create index account_by_day on account (practice_id, seen_on, number);

-- By what a claim finds its account: a digest of who is treated (account/PersonKey). A name or birth
-- date that was set by hand is found too.
create table account_identity (
  practice_id uuid not null,
  identity text collate "C" not null,
  account_number bigint not null,
  by_hand boolean not null default false,
  primary key (practice_id, identity)
);
create index account_identity_of on account_identity (practice_id, account_number);

-- What an account can be found by, in lower case: names and member numbers. Compared by = and <
-- only: under row-level security no other operator reaches an index.
create table account_word (
  practice_id uuid not null,
  word text collate "C" not null,
  account_number bigint not null,
  primary key (practice_id, word, account_number)
);

-- Which account a claim is on.
create table account_claim (
  practice_id uuid not null,
  claim_number bigint not null,
  account_number bigint not null,
  -- of the claim, for its page's address, and of its patient, for the audit record
  claim_id uuid not null,
  patient_id uuid not null,
  -- CLM01
  control text collate "C" not null,
  on_day date not null,
  -- of the coverage that was billed first; null when the claim names none
  coverage_key text,
  primary key (practice_id, claim_number)
);
create index account_claim_of on account_claim (practice_id, account_number, on_day, claim_number);
create index account_claim_by_control on account_claim (practice_id, control);

create table account_coverage (
  practice_id uuid not null,
  number bigint not null,
  account_number bigint not null,
  -- a digest of payer and member number (account/Coverage): once for each account
  key text collate "C" not null,
  -- 1 is billed first, as the latest claim has it
  rank int not null,
  payer_name text,
  payer_id text,
  member_id text,
  group_number text,
  group_name text,
  -- SBR09
  filing_indicator text,
  -- of the patient to the subscriber, as sent (18 is self)
  relationship text,
  subscriber_name text,
  -- 837, 835, HAND
  source text not null,
  first_seen date not null,
  last_seen date not null,
  -- control number of the claim that said it last
  said_by text not null,
  -- the payer's word on the member number (835 NM1*74), and of which day
  payers_member_id text,
  payers_member_id_on date,
  -- by hand: its place, and since when it is not to be billed any more
  placed int,
  ended_on date,
  primary key (practice_id, number)
);
create unique index account_coverage_once on account_coverage (practice_id, account_number, key);

-- What somebody changed by hand at once; each can be taken back while it is the account's last.
create table account_correction (
  practice_id uuid not null references practice,
  number bigint not null,
  account_number bigint not null,
  made_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  actor_name text not null,
  -- EDIT, COVERAGE_ADDED, COVERAGE_MOVED, COVERAGE_ENDED, COVERAGE_REOPENED, UNDO
  kind text not null,
  -- the correction that this one takes back
  undoes bigint,
  -- all that was set by hand before it: json of account/ByHand
  before json not null,
  primary key (practice_id, number)
);
create index account_correction_of on account_correction (practice_id, account_number, number);

create table account_change (
  practice_id uuid not null,
  correction bigint not null,
  place int not null,
  -- account/Field, or COVERAGE
  field text not null,
  before text,
  after text,
  primary key (practice_id, correction, place),
  foreign key (practice_id, correction) references account_correction
);

-- What is open of each claim: sums of journal lines up to the entry in claim_owing_mark. Made from
-- the journal (account/Owing), and can be made again; a claim of which nothing is open has no row.
create table claim_owing (
  practice_id uuid not null,
  claim_number bigint not null,
  insurance_cents bigint not null,
  patient_cents bigint not null,
  primary key (practice_id, claim_number)
);

create table claim_owing_mark (
  practice_id uuid not null references practice,
  entry bigint not null,
  primary key (practice_id)
);

do $$
declare t text;
begin
  foreach t in array array['account', 'account_identity', 'account_word', 'account_claim',
      'account_coverage', 'account_correction', 'account_change', 'claim_owing',
      'claim_owing_mark'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
    if t in ('account_correction', 'account_change') then
      execute format(
        'create trigger %1$s_stays before update or delete or truncate on %1$I'
        || ' for each statement execute function refuse_change()', t);
    end if;
  end loop;
end $$;
grant update on account, account_coverage, claim_owing, claim_owing_mark to ${app_role};
grant update (account_number) on account_claim to ${app_role};
grant update (by_hand) on account_identity to ${app_role};
grant delete on account_identity, account_coverage, claim_owing to ${app_role};
grant usage on sequence account_number, account_coverage_number, account_correction_number
  to ${app_role};
