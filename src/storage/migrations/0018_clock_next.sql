-- The clocks to look at today are taken a few at a time, in order: read off the index, not sorted anew each time.

DROP INDEX clock_next;
CREATE INDEX clock_next ON clock (jurisdiction_id, next_on, ledger, entry_id, clock, run) WHERE next_on <> '';
