-- Signing in with another's identity provider (access/external_login_store.cpp): who is who there, and the sign-ins
-- that have begun. Outside the journal and its replay.

CREATE TABLE external_login (
    jurisdiction_id {int} NOT NULL,
    person_id {int} NOT NULL,
    issuer TEXT NOT NULL,            -- the provider
    subject TEXT NOT NULL,           -- whom it calls so, for ever
    bound_at TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, person_id, issuer),
    UNIQUE (jurisdiction_id, issuer, subject)
) {strict};

CREATE TABLE external_sign_in (
    jurisdiction_id {int} NOT NULL,
    state_hash {blob} NOT NULL,      -- SHA-256 of what the provider sends back
    browser_hash {blob} NOT NULL,    -- SHA-256 of the cookie of the browser that began
    verifier TEXT NOT NULL,          -- PKCE (RFC 7636)
    nonce TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, state_hash)
) {strict};

CREATE INDEX external_sign_in_expires ON external_sign_in (jurisdiction_id, expires_at);
