-- The links to an entry, found without reading every link of the office: SQLite prefers an index that
-- holds all columns asked for, as the primary key does, to one that finds the rows.
DROP INDEX link_back;
CREATE INDEX link_back ON link (jurisdiction_id, to_ledger, to_id, from_ledger, from_id, relation);
