-- The organisation: projections of the jurisdictions' journals (see src/access/organisation.h).
-- Ids are journal numbers; 0: none. Codes of persons are not UNIQUE here: after a key is destroyed they are empty.

CREATE TABLE jurisdiction (
    id {int} NOT NULL PRIMARY KEY,
    parent_id {int} NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    short TEXT NOT NULL,
    document_code TEXT NOT NULL,
    packs TEXT NOT NULL,
    definitions TEXT NOT NULL,
    live_from TEXT NOT NULL
) {strict};

CREATE TABLE unit (
    jurisdiction_id {int} NOT NULL,
    id {int} NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    lead_section {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, id),
    UNIQUE (jurisdiction_id, code)
) {strict};

CREATE TABLE person (
    jurisdiction_id {int} NOT NULL,
    id {int} NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, id)
) {strict};

CREATE INDEX person_code ON person (jurisdiction_id, code);

CREATE TABLE post (
    jurisdiction_id {int} NOT NULL,
    id {int} NOT NULL,
    person_id {int} NOT NULL,
    post TEXT NOT NULL,
    unit_id {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, id)
) {strict};

CREATE INDEX post_person ON post (jurisdiction_id, person_id);

CREATE TABLE setting_value (
    jurisdiction_id {int} NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (jurisdiction_id, name)
) {strict};
