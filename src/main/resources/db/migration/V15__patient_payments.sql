-- What patients pay: at the desk and through the gateway, what is given back, and plans to pay.
--
-- What a payment is applied to is in the journal alone (documents PATIENT_PAYMENT and REFUND).

create sequence patient_payment_number;
create sequence patient_refund_number;
create sequence payment_plan_number;

-- A hosted page where a card is charged. The card's number is typed there and never comes here.
create table payment_checkout (
  practice_id uuid not null references practice,
  -- the gateway knows the checkout by it
  id uuid not null,
  account_number bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- claims that the payer names; empty: the oldest first
  visits bigint[] not null,
  success_url text not null,
  cancel_url text not null,
  idempotency_key text collate "C" not null,
  request_hash text not null,
  started_at timestamptz not null default clock_timestamp(),
  started_by text not null,
  -- the gateway's own id and page; null until it answered
  session_id text collate "C",
  url text,
  -- payment/Checkout.State
  state text not null default 'OPEN',
  declined_at timestamptz,
  primary key (practice_id, id)
);
create unique index payment_checkout_once on payment_checkout (practice_id, idempotency_key);

create table patient_payment (
  practice_id uuid not null references practice,
  -- the reference of its money is PP- and the number
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- payment/Method
  method text not null,
  cheque_number text,
  received_on date not null,
  taken_at timestamptz not null,
  taken_by text not null,
  idempotency_key text collate "C" not null,
  -- SHA-256 of what was asked for: the same key with another wish is a mistake
  request_hash text not null,
  checkout_id uuid,
  -- the gateway's id of the payment
  gateway_reference text collate "C",
  voided_at timestamptz,
  voided_by text,
  primary key (practice_id, number)
);
create unique index patient_payment_by_id on patient_payment (practice_id, id);
create unique index patient_payment_once on patient_payment (practice_id, idempotency_key);
create unique index patient_payment_at_gateway on patient_payment (practice_id, gateway_reference)
  where gateway_reference is not null;
create index patient_payment_of_account on patient_payment (practice_id, account_number, number);
create index patient_payment_by_day on patient_payment (practice_id, received_on, number);

create table patient_refund (
  practice_id uuid not null,
  number bigint not null,
  id uuid not null,
  payment_number bigint not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- CARD: back through the gateway; CHEQUE: the office writes one
  method text not null,
  made_on date not null,
  made_at timestamptz not null,
  made_by text not null,
  idempotency_key text collate "C" not null,
  request_hash text not null,
  -- payment/Refund.State
  state text not null,
  gateway_reference text collate "C",
  primary key (practice_id, number),
  foreign key (practice_id, payment_number) references patient_payment
);
create unique index patient_refund_by_id on patient_refund (practice_id, id);
create unique index patient_refund_once on patient_refund (practice_id, idempotency_key);
create index patient_refund_of on patient_refund (practice_id, payment_number);

-- Four instalments at most: a fifth makes it credit under Regulation Z (12 CFR 1026.2(a)(17)).
create table payment_plan (
  practice_id uuid not null references practice,
  number bigint not null,
  id uuid not null,
  account_number bigint not null,
  total_cents bigint not null check (total_cents > 0),
  instalments int not null check (instalments between 1 and 4),
  first_due date not null,
  made_on date not null,
  made_at timestamptz not null,
  made_by text not null,
  idempotency_key text collate "C" not null,
  request_hash text not null,
  cancelled_at timestamptz,
  cancelled_by text,
  primary key (practice_id, number)
);
create unique index payment_plan_by_id on payment_plan (practice_id, id);
create unique index payment_plan_once on payment_plan (practice_id, idempotency_key);
create index payment_plan_of_account on payment_plan (practice_id, account_number, number);

-- What the gateway tells, as it came, each once. Without a practice when it names none that is here.
create table gateway_event (
  practice_id uuid references practice,
  id text collate "C" not null,
  type text not null,
  received_at timestamptz not null default clock_timestamp(),
  body text not null,
  checkout_id uuid,
  -- payment/GatewayEvents.Outcome
  outcome text not null,
  unique nulls not distinct (practice_id, id)
);
create index gateway_event_of_checkout on gateway_event (practice_id, checkout_id)
  where checkout_id is not null;

-- The test gateway's own books: what a company outside would have.
create table test_gateway_session (
  practice_id uuid not null references practice,
  id text collate "C" not null,
  idempotency_key text collate "C" not null,
  reference text not null,
  amount_cents bigint not null,
  success_url text not null,
  cancel_url text not null,
  -- OPEN, PAID, EXPIRED
  state text not null default 'OPEN',
  payment_id text collate "C" not null,
  primary key (practice_id, id)
);
create unique index test_gateway_session_once on test_gateway_session (practice_id, idempotency_key);
create index test_gateway_session_of_payment on test_gateway_session (practice_id, payment_id);

create table test_gateway_event (
  practice_id uuid not null references practice,
  id uuid not null,
  body text not null,
  primary key (practice_id, id)
);

create table test_gateway_refund (
  practice_id uuid not null references practice,
  id text collate "C" not null,
  idempotency_key text collate "C" not null,
  payment_id text collate "C" not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (practice_id, id)
);
create unique index test_gateway_refund_once on test_gateway_refund (practice_id, idempotency_key);
create index test_gateway_refund_of on test_gateway_refund (practice_id, payment_id);

do $$
declare t text;
begin
  foreach t in array array['payment_checkout', 'patient_payment', 'patient_refund', 'payment_plan',
      'gateway_event', 'test_gateway_session', 'test_gateway_event', 'test_gateway_refund'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_the_practice on %I using (practice_id = '
      || 'nullif(current_setting(''app.practice'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to ${app_role}', t);
  end loop;
end $$;
-- nobody reads these but the owner of the database
create policy of_nobody on gateway_event for insert with check (practice_id is null);
create trigger gateway_event_stays before update or delete or truncate on gateway_event
  for each statement execute function refuse_change();
grant update (session_id, url, state, declined_at) on payment_checkout to ${app_role};
grant update (voided_at, voided_by) on patient_payment to ${app_role};
grant update (state, gateway_reference) on patient_refund to ${app_role};
grant update (cancelled_at, cancelled_by) on payment_plan to ${app_role};
grant update (state) on test_gateway_session to ${app_role};
grant usage on sequence patient_payment_number, patient_refund_number, payment_plan_number
  to ${app_role};
