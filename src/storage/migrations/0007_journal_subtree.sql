-- Hashes of the complete subtrees of 256, 65,536, … records: what proofs are made from (src/journal/tree_proof.h).
-- Missing ones (of journals begun before this table) are computed from the records.

CREATE TABLE journal_subtree (
    jurisdiction_id {int} NOT NULL,
    level {int} NOT NULL,
    n {int} NOT NULL,
    hash {blob} NOT NULL,
    PRIMARY KEY (jurisdiction_id, level, n)
) {strict};
