-- Databases older than 0006 have revision 0 everywhere: the journal says which record it was.

UPDATE jurisdiction SET revision = COALESCE((
    SELECT max(journal.seq) FROM journal
    WHERE journal.jurisdiction_id = jurisdiction.id
      AND journal.body::json ->> 'action'
          IN ('jurisdiction', 'unit', 'person', 'post', 'adopt', 'setting')), 0)
WHERE revision = 0;
