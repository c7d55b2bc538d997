-- What lies on a person's desk (access/desk_store.cpp): outside replay. `jurisdiction_id`: where it
-- is kept; the person may be of a jurisdiction above.
CREATE TABLE draft (
    jurisdiction_id {int} NOT NULL,
    person_jurisdiction_id {int} NOT NULL,
    person_id {int} NOT NULL,
    key TEXT NOT NULL,
    ledger TEXT NOT NULL,
    title TEXT NOT NULL,
    sealed {blob} NOT NULL,      -- what was typed, which may be private
    at TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, person_jurisdiction_id, person_id, key)
) {strict};

CREATE TABLE saved_view (
    jurisdiction_id {int} NOT NULL,
    person_jurisdiction_id {int} NOT NULL,
    person_id {int} NOT NULL,
    id {int} NOT NULL,
    ledger TEXT NOT NULL,
    title TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, person_jurisdiction_id, person_id, id)
) {strict};

-- Requests that have been carried out, by the key their sender gave them: the same request again is
-- answered, not done again.
CREATE TABLE idempotency (
    jurisdiction_id {int} NOT NULL,
    person_jurisdiction_id {int} NOT NULL,
    person_id {int} NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,       -- digest
    answer TEXT NOT NULL,        -- canonical JSON: ids, states, numbers
    at TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, person_jurisdiction_id, person_id, key)
) {strict};

CREATE INDEX idempotency_at ON idempotency (jurisdiction_id, at);
