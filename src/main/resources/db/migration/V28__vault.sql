-- Secrets are encrypted by a key that the database does not have (identity/Vault). The server does it
-- at its next start, also with those that are here already.
comment on column staff.totp_secret is 'encrypted: identity/Vault';
comment on column patient_login.totp_secret is 'encrypted: identity/Vault';
comment on column signing_key.jwk is 'encrypted: identity/Vault, in base64';
grant update (jwk) on signing_key to ${app_role};
