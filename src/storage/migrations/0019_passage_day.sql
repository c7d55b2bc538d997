-- A year's figures read the entries that were passed in it, not those of every year before.

CREATE INDEX passage_day ON passage (jurisdiction_id, ledger, happened_on, entry_id);
