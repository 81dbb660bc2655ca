-- Whenever something is posted for a claim, what was given up of it is asked for.
create index write_off_visit_of_claim on write_off_visit (practice_id, claim_number);
