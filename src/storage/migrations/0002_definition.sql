-- Packs as installed, and every set of definitions ever used, whole (definition/definition_store.cpp).
-- Reference tables: small, the same for every jurisdiction.
CREATE TABLE installed_pack (
    name TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,       -- SHA-256 of content, hexadecimal
    content TEXT NOT NULL       -- canonical JSON: the pack's files
) {strict};

CREATE TABLE definition_set (
    digest TEXT NOT NULL PRIMARY KEY,  -- SHA-256 of content, hexadecimal
    content TEXT NOT NULL              -- canonical JSON: the packs in order, the built-in ledgers first
) {strict};
