-- SBR01, whose turn it is to pay: claims to the first and to the second payer have one number, and
-- neither takes the place of the other.
alter table claim add column payer_sequence text collate "C"
  generated always as (coalesce(record #>> '{subscriber,membership,sequence}', 'P')) stored;
