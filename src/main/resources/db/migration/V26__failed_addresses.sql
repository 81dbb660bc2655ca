-- That bills do not arrive at an e-mail address counts for all who are reached there, as refusals do.
drop index contact_notice_about;
create index contact_notice_about on contact_notice (practice_id, address)
  where kind in ('REVOKED', 'REFUSED_CHANNEL', 'EMAIL_FAILED');
