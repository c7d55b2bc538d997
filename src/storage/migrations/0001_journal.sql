-- The journal of each jurisdiction (see src/journal/journal.h) and what proves it.

CREATE TABLE journal (
    jurisdiction_id {int} NOT NULL,
    seq {int} NOT NULL,
    subject_id {int} NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    leaf_hash {blob} NOT NULL,
    PRIMARY KEY (jurisdiction_id, seq)
) {strict};

CREATE INDEX journal_subject ON journal (jurisdiction_id, subject_id, seq);

-- frontier: the hashes of the complete subtrees, 32 bytes each, the largest subtree first.
CREATE TABLE journal_head (
    jurisdiction_id {int} NOT NULL PRIMARY KEY,
    size {int} NOT NULL,
    frontier {blob} NOT NULL
) {strict};

CREATE TABLE checkpoint (
    jurisdiction_id {int} NOT NULL,
    size {int} NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, size)
) {strict};

-- A subject without a row: its key was destroyed.
CREATE TABLE entry_key (
    jurisdiction_id {int} NOT NULL,
    subject_id {int} NOT NULL,
    wrapped {blob} NOT NULL,
    PRIMARY KEY (jurisdiction_id, subject_id)
) {strict};

-- What holds for the whole database (hash_algorithm).
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) {strict};
