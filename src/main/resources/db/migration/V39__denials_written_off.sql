-- What a payer refused and somebody gave up: of each claim payment the lines and reasons, such as
-- '2 CO-50', or ' CO-29' of the claim as a whole. A fact like the others from which its entry
-- follows.
alter table payment_posting add column written_off text[] not null default '{}';

create index journal_line_denial_written_off on journal_line (practice_id, account, entry)
  where account = 'DENIAL_WRITE_OFF';
