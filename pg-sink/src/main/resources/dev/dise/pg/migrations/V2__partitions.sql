-- Makes the partition of one day; rows of that day that went to the rest move into it. Runs with the owner's rights, so
-- that who writes needs none of its own to make tables; it makes only these.
CREATE FUNCTION add_partition(of_table TEXT, of_day DATE) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    leaf      TEXT := of_table || '_' || to_char(of_day, 'YYYYMMDD');
    begins_at TIMESTAMPTZ := of_day::timestamp AT TIME ZONE 'UTC';
    ends_at   TIMESTAMPTZ := (of_day + 1)::timestamp AT TIME ZONE 'UTC';
    identity  TEXT;
BEGIN
    IF of_table NOT IN ('tool_logs', 'tool_performance', 'tool_debug_data', 'conversations')
            OR of_day NOT BETWEEN DATE '1970-01-01' AND DATE '9999-12-30' THEN
        RAISE EXCEPTION 'there is no partition of % for %', of_table, of_day USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Of several that want the same partition one makes it.
    PERFORM pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.' || of_table, 0));
    IF to_regclass('${flyway:defaultSchema}.' || leaf) IS NOT NULL THEN
        RETURN FALSE;
    END IF;
    identity := CASE of_table WHEN 'tool_performance' THEN 'event_id, metric_name' ELSE 'event_id' END;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', leaf, of_table);
    EXECUTE format('CREATE UNIQUE INDEX ON %I (%s)', leaf, identity);
    EXECUTE format('WITH moved AS (DELETE FROM %I WHERE event_time >= %L AND event_time < %L RETURNING *)'
        ' INSERT INTO %I SELECT * FROM moved', of_table || '_rest', begins_at, ends_at, leaf);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        of_table, leaf, begins_at, ends_at);
    RETURN TRUE;
END
$$;
REVOKE EXECUTE ON FUNCTION add_partition(TEXT, DATE) FROM PUBLIC;

-- The days that have a partition.
CREATE VIEW partition_days AS
    SELECT parent.relname::TEXT AS table_name, to_date(right(leaf.relname, 8), 'YYYYMMDD') AS day
    FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent AND parent.relkind = 'p'
    JOIN pg_catalog.pg_class leaf ON leaf.oid = i.inhrelid AND NOT leaf.relname LIKE '%\_rest'
    WHERE parent.relnamespace = '${flyway:defaultSchema}'::regnamespace;
