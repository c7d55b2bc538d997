-- Words of entries, to be found by: written by a follower of the journal, never by what records.
-- Twin: 0009_search.postgresql.sql.

CREATE TABLE search_position (
    jurisdiction_id {int} NOT NULL PRIMARY KEY,
    seq {int} NOT NULL
) {strict};

CREATE TABLE search (
    id INTEGER PRIMARY KEY,
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    dated_on TEXT NOT NULL,
    grams TEXT NOT NULL
) {strict};

CREATE UNIQUE INDEX search_entry ON search (jurisdiction_id, ledger, entry_id);

-- Only which rows have a gram: neither how often nor where, which the row itself says.
CREATE VIRTUAL TABLE search_grams USING fts5(grams, content = 'search', content_rowid = 'id',
    detail = 'none', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0');
