-- What is due is read off the open clocks alone, the first due first (ledger/due_listing.h).

CREATE INDEX clock_open ON clock (jurisdiction_id, ledger, due_on, entry_id, clock, run)
    WHERE status IN ('running', 'paused', 'waiting_calendar', 'undetermined');
