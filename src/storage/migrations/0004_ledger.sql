-- What every ledger shares: passages, evidence, links, numbers. The ledgers' own tables are made from the definitions.

CREATE TABLE passage (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    n {int} NOT NULL,
    transition TEXT NOT NULL,
    from_state TEXT NOT NULL,
    state TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor {int} NOT NULL,
    actor_jurisdiction {int} NOT NULL,
    imported {int} NOT NULL,
    second_person TEXT NOT NULL,
    definitions TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, ledger, entry_id, n)
) {strict};

CREATE TABLE evidence (
    jurisdiction_id {int} NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, digest)
) {strict};

CREATE TABLE evidence_use (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    seq {int} NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, ledger, entry_id, seq)
) {strict};

CREATE TABLE link (
    jurisdiction_id {int} NOT NULL,
    from_ledger TEXT NOT NULL,
    from_id {int} NOT NULL,
    relation TEXT NOT NULL,
    to_jurisdiction_id {int} NOT NULL,
    to_ledger TEXT NOT NULL,
    to_id {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, from_ledger, from_id, relation, to_jurisdiction_id, to_ledger, to_id)
) {strict};

CREATE INDEX link_back ON link (jurisdiction_id, to_ledger, to_id);

CREATE TABLE number_counter (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    year {int} NOT NULL,
    unit_id {int} NOT NULL,
    last {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, ledger, year, unit_id)
) {strict};
