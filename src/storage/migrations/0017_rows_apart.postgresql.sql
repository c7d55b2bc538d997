-- The server itself keeps the rows of jurisdictions apart: a transaction sees those it has named in fazhi.sight
-- ('3,17', or '*'), and where it has named none, no row. Of the owner of the tables, too; not of a superuser, whom
-- the program refuses. Whoever makes a table with a jurisdiction_id calls this for it.

CREATE FUNCTION keep_rows_apart(wanted REGCLASS) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = wanted AND polname = 'own_rows') THEN
        RETURN;
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', wanted);
    -- Each SELECT is worked out once a statement, not once a row.
    EXECUTE format(
        'CREATE POLICY own_rows ON %s USING ((SELECT current_setting(''fazhi.sight'', true) = ''*'') OR '
        'jurisdiction_id = ANY ((SELECT string_to_array(NULLIF(NULLIF(current_setting(''fazhi.sight'', true), ''*''), '
        '''''), '','')::BIGINT[])::BIGINT[]))',
        wanted);
END
$$;

-- Not the words to search by: their index (grams @> …) could not be used beneath a policy. It holds numbers of
-- entries alone, each of which is read again from its own table.
DO $$
DECLARE
    each REGCLASS;
BEGIN
    FOR each IN
        SELECT c.oid::REGCLASS FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'jurisdiction_id' AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'search'
    LOOP
        PERFORM keep_rows_apart(each);
    END LOOP;
END
$$;
