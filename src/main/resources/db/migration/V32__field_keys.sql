-- The key of each practice under which social security numbers and bank accounts are encrypted
-- (identity/FieldVault), itself encrypted under the key of the file beside the database: when that
-- one is changed, these rows are written again and nothing else is.
--
-- No reference to practice: a key is committed before the transaction that makes a practice may be.
create table field_key (
  practice_id uuid primary key,
  kept bytea not null
);
alter table field_key enable row level security;
alter table field_key force row level security;
create policy of_the_practice on field_key using (practice_id =
  nullif(current_setting('app.practice', true), '')::uuid);
grant select, insert on field_key to ${app_role};
grant update (kept) on field_key to ${app_role};
