-- Which journal record changed the organisation last: what was read of it stays true while this stays.

ALTER TABLE jurisdiction ADD COLUMN revision {int} NOT NULL DEFAULT 0;
