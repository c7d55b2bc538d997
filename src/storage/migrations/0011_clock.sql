-- The runs of clocks (期限): when each began, when it is due, what became of it (ledger/clock_store.cpp).
-- next_on: the next day the nightly tick has something to do for it; outside replay's comparison.

CREATE TABLE clock (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    clock TEXT NOT NULL,
    run {int} NOT NULL,
    started_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    due_at TEXT NOT NULL,
    stopped_on TEXT NOT NULL,
    stopped_at TEXT NOT NULL,
    status TEXT NOT NULL,
    next_on TEXT NOT NULL,      -- '' : nothing more to do
    definitions TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, ledger, entry_id, clock, run)
) {strict};

CREATE INDEX clock_next ON clock (jurisdiction_id, next_on) WHERE next_on <> '';
CREATE INDEX clock_due ON clock (jurisdiction_id, ledger, clock, due_on);

-- Notices of rest days adopted since the packs were made (definition/definition_store.cpp). A
-- reference table: the same for every jurisdiction; what each one's clocks made of it is journalled.
CREATE TABLE calendar_notice (
    version {int} NOT NULL PRIMARY KEY,
    year {int} NOT NULL,
    content TEXT NOT NULL
) {strict};

-- What somebody was told (duty/notice_store.cpp): a day of a clock, once each. Outside replay, as all
-- deliveries are.
CREATE TABLE notice (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    clock TEXT NOT NULL,
    run {int} NOT NULL,
    due_on TEXT NOT NULL,
    kind TEXT NOT NULL,          -- warn, last_day, run_out, head, leader, stuck, extended
    day TEXT NOT NULL,           -- that it is about: a clock may warn on several
    person_id {int} NOT NULL,    -- 0: nobody holds the post, nor the fallback
    made_on TEXT NOT NULL,
    read_at TEXT NOT NULL,       -- '' : not yet
    PRIMARY KEY (jurisdiction_id, ledger, entry_id, clock, run, due_on, kind, day, person_id)
) {strict};

CREATE INDEX notice_person ON notice (jurisdiction_id, person_id, read_at);

-- Up to which day the nightly tick has been (duty/notice_store.cpp).
CREATE TABLE tick (
    jurisdiction_id {int} NOT NULL PRIMARY KEY,
    ticked_on TEXT NOT NULL
) {strict};
