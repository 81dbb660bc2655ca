-- SBR01, whose turn it is to pay: claims to the first and to the second payer have one number, and
-- neither takes the place of the other. What says nothing is to the first, as posting has it.
alter table claim add column payer_sequence text collate "C" generated always as (
  case when record #>> '{subscriber,membership,sequence}' ~ '^[PSTA-H]$'
    then record #>> '{subscriber,membership,sequence}' else 'P' end) stored;
