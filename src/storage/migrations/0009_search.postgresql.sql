-- Words of entries, to be found by: written by a follower of the journal, never by what records.

CREATE TABLE search_position (
    jurisdiction_id BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

CREATE TABLE search (
    jurisdiction_id BIGINT NOT NULL,
    ledger TEXT NOT NULL,
    entry_id BIGINT NOT NULL,
    dated_on TEXT NOT NULL,
    grams TEXT[] NOT NULL,
    PRIMARY KEY (jurisdiction_id, ledger, entry_id)
);

-- The first gram of a row names its jurisdiction ("j12"), so that one office's words stay apart.
CREATE INDEX search_grams ON search USING gin (grams);
