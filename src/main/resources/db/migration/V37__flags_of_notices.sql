-- The flag that a notice raised, and that is lowered when the notice is taken off: a petition or a
-- lawyer stands in the way of bills, payments and the queue as well as of calls.
alter table contact_notice add column flag_id uuid;
