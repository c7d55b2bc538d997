-- The open clocks again, in words SQLite tests row by row: of an IN it makes a table for every row written.

DROP INDEX clock_open;
CREATE INDEX clock_open ON clock (jurisdiction_id, ledger, due_on, entry_id, clock, run)
    WHERE status <> 'stopped' AND status <> 'superseded' AND status <> 'moot';
