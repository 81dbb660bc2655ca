-- Remittances have ids made from what they say, so two practices can have one of the same id: each
-- is to have its own job for it.

alter table job
  drop constraint job_kind_subject_id_key,
  add unique (practice_id, kind, subject_id);
