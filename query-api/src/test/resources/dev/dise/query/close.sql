-- The indexes that were dropped, and what the days that are over get: those for words, details and runs.
SET maintenance_work_mem = '256MB';
DO $$
DECLARE
    dropped RECORD;
BEGIN
    FOR dropped IN SELECT * FROM index_definitions LOOP
        EXECUTE dropped.definition;
    END LOOP;
END
$$;

DO $$
DECLARE
    leaf TEXT;
    search TEXT;
BEGIN
    FOR leaf, search IN
        SELECT c.relname, CASE
            WHEN c.relname LIKE 'tool\_logs%' THEN 'dise.words(message), details jsonb_path_ops'
            WHEN c.relname LIKE 'conv%' THEN 'dise.words(content), details jsonb_path_ops'
            WHEN c.relname LIKE 'tool\_debug%' THEN 'dise.words(error), dise.words(context_name), metadata jsonb_path_ops'
            ELSE 'details jsonb_path_ops' END
        FROM pg_class c
        WHERE c.relnamespace = 'dise_g1'::regnamespace AND c.relkind = 'r' AND c.relname ~ '_[0-9]{8}$'
            AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date
    LOOP
        EXECUTE format('CREATE INDEX %I ON %I USING gin (%s)', leaf || '_search', leaf, search);
        EXECUTE format('CREATE INDEX %I ON %I (run_id, event_time DESC) WHERE run_id IS NOT NULL', leaf || '_run', leaf);
    END LOOP;
END
$$;
-- A small sample is enough here: most of the time goes into its words.
SET default_statistics_target = 20;
ANALYZE;
DROP TABLE samples, days, index_definitions;
