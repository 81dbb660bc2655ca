-- Sealing goes from what waits to its entries by their key, whatever the statistics say. The plan of
-- a function is kept for as long as its session: one that was made while the record was nearly empty
-- read all of it for each entry, once many were written before anybody counted them again.

alter function entries_to_seal set enable_seqscan = off;
alter function entries_to_seal set enable_hashjoin = off;
alter function entries_to_seal set enable_mergejoin = off;
