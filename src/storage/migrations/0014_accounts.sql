-- Who may enter (access/account_store.cpp): accounts, sessions, tokens, and the log of who looked at what.
-- Outside the journal and its replay.

CREATE TABLE account (
    jurisdiction_id {int} NOT NULL,
    person_id {int} NOT NULL,
    password_hash TEXT NOT NULL,
    must_change {int} NOT NULL,
    password_at TEXT NOT NULL,
    failures {int} NOT NULL,
    locked_until TEXT NOT NULL,      -- '' : not locked
    disabled {int} NOT NULL,
    totp_sealed {blob},              -- under the person's key
    totp_confirmed {int} NOT NULL,
    totp_last_step {int} NOT NULL,
    created_at TEXT NOT NULL,
    signed_in_at TEXT NOT NULL,      -- '' : never
    PRIMARY KEY (jurisdiction_id, person_id)
) {strict};

CREATE TABLE session (
    jurisdiction_id {int} NOT NULL,
    token_hash {blob} NOT NULL,      -- SHA-256 of the token
    person_id {int} NOT NULL,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    needs_totp {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, token_hash)
) {strict};

CREATE INDEX session_person ON session (jurisdiction_id, person_id);
CREATE INDEX session_expires ON session (jurisdiction_id, expires_at);

CREATE TABLE api_token (
    jurisdiction_id {int} NOT NULL,
    id {int} NOT NULL,
    person_id {int} NOT NULL,
    title TEXT NOT NULL,
    token_hash {blob} NOT NULL,
    abilities TEXT NOT NULL,         -- view,record
    ledgers TEXT NOT NULL,           -- '' : every one
    expires_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,      -- '' : never
    revoked_at TEXT NOT NULL,        -- '' : in force
    PRIMARY KEY (jurisdiction_id, id),
    UNIQUE (jurisdiction_id, token_hash)
) {strict};

CREATE INDEX api_token_person ON api_token (jurisdiction_id, person_id);

CREATE TABLE access_log (
    jurisdiction_id {int} NOT NULL,
    at TEXT NOT NULL,
    n {int} NOT NULL,                -- of those of one second
    person_id {int} NOT NULL,        -- 0 : nobody who is known
    person_jurisdiction_id {int} NOT NULL,
    what TEXT NOT NULL,              -- access/access_log.h
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    reason TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, at, n)
) {strict};

CREATE INDEX access_log_person ON access_log (jurisdiction_id, person_id, at);

-- Who stands in for whom (代理): a projection of the journal (access/organisation_projection.cpp).
CREATE TABLE stand_in (
    jurisdiction_id {int} NOT NULL,
    id {int} NOT NULL,
    for_person_id {int} NOT NULL,
    person_id {int} NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    created_by {int} NOT NULL,       -- 0 : the system
    created_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,          -- '' : not ended before its last day
    PRIMARY KEY (jurisdiction_id, id)
) {strict};
