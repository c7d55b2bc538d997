-- Where notices go beside the program itself (access/organisation_store.cpp).

ALTER TABLE person ADD COLUMN email TEXT NOT NULL DEFAULT '';

-- Notices on their way out of this machine (duty/delivery_store.cpp): one row a notice and channel.
-- Outside replay, as all deliveries are.
CREATE TABLE delivery (
    jurisdiction_id {int} NOT NULL,
    ledger TEXT NOT NULL,
    entry_id {int} NOT NULL,
    clock TEXT NOT NULL,
    run {int} NOT NULL,
    due_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    person_id {int} NOT NULL,
    channel TEXT NOT NULL,       -- mail, webhook
    state TEXT NOT NULL,         -- waiting, sent, failed, dropped
    send_at TEXT NOT NULL,       -- waiting: not before this instant
    tries {int} NOT NULL,
    said TEXT NOT NULL,          -- what the other end said last
    settled_at TEXT NOT NULL,    -- sent, given up or dropped
    PRIMARY KEY (jurisdiction_id, ledger, entry_id, clock, run, due_on, kind, day, person_id, channel)
) {strict};

CREATE INDEX delivery_waiting ON delivery (jurisdiction_id, send_at) WHERE state = 'waiting';
CREATE INDEX notice_made ON notice (jurisdiction_id, made_on);
