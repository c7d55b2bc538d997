-- One log over all journals of this database: which journal had which root when. Signed as a whole.

CREATE TABLE server_leaf (
    n {int} NOT NULL PRIMARY KEY,
    jurisdiction_id {int} NOT NULL,
    size {int} NOT NULL,
    body TEXT NOT NULL,
    leaf_hash {blob} NOT NULL
) {strict};

CREATE INDEX server_leaf_journal ON server_leaf (jurisdiction_id, size);

CREATE TABLE server_note (
    size {int} NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    note TEXT NOT NULL
) {strict};
