-- A million log lines of ten days and today, and some 100,000 rows of everything else. Words, paths and names of every
-- frequency: of 91,000 lines one has the word "needle", one in a hundred "slow", all "request".
SELECT add_partition(t, (now() AT TIME ZONE 'UTC')::date - d)
FROM unnest(ARRAY['tool_logs', 'tool_performance', 'tool_debug_data', 'conversations']) t, generate_series(0, 10) d;

-- Indexes are made at the end, which is faster than keeping them up to date.
CREATE TABLE index_definitions AS
    SELECT i.indexrelid::regclass::text AS name,
           replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'dise_g1'::regnamespace AND NOT c.relispartition
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid);
DO $$
DECLARE
    dropped RECORD;
BEGIN
    FOR dropped IN SELECT * FROM index_definitions LOOP
        EXECUTE 'DROP INDEX ' || dropped.name;
    END LOOP;
END
$$;

-- What one day has; every day has the same.
CREATE TABLE samples AS
    SELECT n, n / 91000.0 AS part, 'tool-' || n % 200 AS tool, md5(n::text)::uuid AS id,
           'request ' || n % 5000 || CASE WHEN n = 5000 THEN ' needle' WHEN n % 100 = 0 THEN ' slow' ELSE '' END
               || CASE WHEN n % 10 = 0 THEN ' by java.lang.Thread' ELSE '' END AS text,
           ('{"user": {"id": ' || n % 5000 || '}, "kind": "k' || n % 3 || '"}')::jsonb AS json,
           CASE WHEN n % 2 = 0 THEN 'run-' || n / 1000 END AS run
    FROM generate_series(0, 90999) n;
CREATE TABLE days AS
    SELECT date_trunc('day', now(), 'UTC') - d * INTERVAL '1 day' AS midnight,
           CASE d WHEN 0 THEN now() - date_trunc('day', now(), 'UTC') ELSE INTERVAL '1 day' END AS length
    FROM generate_series(0, 10) d;

INSERT INTO tool_logs (tool_id, log_level, message, details, event_id, event_time, run_id,
                       source_topic, source_partition, source_offset)
SELECT tool, (ARRAY['info', 'info', 'info', 'debug', 'warning', 'error'])[1 + n % 6], text, json,
       id, midnight + part * length, run, 't', 0, n
FROM days, samples;

INSERT INTO tool_debug_data (context_type, context_id, context_name, parent_context, status, error, code_hash, metadata,
                             event_id, event_time, run_id, source_topic, source_partition, source_offset)
SELECT 'type-' || n % 3, 'context-' || n / 2, 'name ' || n % 100, 'context-' || n / 20,
       CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'ok' END, CASE WHEN n % 500 = 0 THEN text END,
       md5((n / 50)::text), json, id, midnight + 7 * part * length, run, 't', 0, n
FROM days, samples WHERE n < 12000;

INSERT INTO tool_performance (tool_id, metric_name, metric_value, details, artifact_id, event_id, event_time, run_id,
                              source_topic, source_partition, source_offset)
SELECT tool, 'metric-' || n % 4, n % 997, json, CASE WHEN n % 3 = 0 THEN 'artifact-' || n / 9 END,
       id, midnight + 4 * part * length, run, 't', 0, n
FROM days, samples WHERE n < 20000;

INSERT INTO conversations (conversation_id, message_id, tool_id, role, content, details, event_id, event_time, run_id,
                           source_topic, source_partition, source_offset)
SELECT 'conversation-' || n / 20, 'message-' || n, CASE WHEN n % 2 = 0 THEN tool END,
       CASE WHEN n % 2 = 0 THEN 'user' ELSE 'assistant' END, text, json, id,
       midnight + 7 * part * length, run, 't', 0, n
FROM days, samples WHERE n < 12000;

INSERT INTO tool_failures (tool_id, scenario, error_message, severity, failure_type, stack_trace, details, event_id,
                           event_time, run_id, source_topic, source_partition, source_offset)
SELECT tool, 'scenario ' || n % 1000, text, (ARRAY['low', 'medium', 'high'])[1 + n % 3], 'type-' || n % 20,
       'at line ' || n % 300, json, id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;

INSERT INTO tool_ancestry (parent_tool_id, child_tool_id, relationship_type, event_id, event_time, run_id,
                           source_topic, source_partition, source_offset)
SELECT 'tool-' || n / 3, 'tool-' || n, 'derived_from', id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n BETWEEN 1 AND 40000;

INSERT INTO tool_bugs (bug_id, tool_id, severity, message, stack_trace, details, resolved, first_seen, fields,
                       event_id, event_time, run_id, source_topic, source_partition, source_offset)
SELECT 'bug-' || n, tool, (ARRAY['low', 'medium', 'high'])[1 + n % 3], text, 'at line ' || n % 300, json,
       n % 1000 <> 0, now(), '{}', id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;

INSERT INTO generated_tools (tool_id, tool_name, tool_type, metadata, first_seen, fields,
                             event_id, event_time, run_id, source_topic, source_partition, source_offset)
SELECT 'tool-' || n, 'sort_list_' || n, 'type-' || n % 20, json, now(), '{}', id,
       now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;

INSERT INTO tool_evaluations (artifact_id, name, content, tool_id, verdict, metadata, first_seen, fields,
                              event_id, event_time, run_id, source_topic, source_partition, source_offset)
SELECT 'artifact-' || n, 'evaluation ' || n, text, tool, CASE WHEN n % 100 = 0 THEN 'fail' ELSE 'pass' END, json,
       now(), '{}', id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;

INSERT INTO performance_artifacts (artifact_id, first_seen, fields, event_id, event_time, run_id,
                                   source_topic, source_partition, source_offset)
SELECT 'artifact-' || n, now(), '{}', id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;

INSERT INTO artifacts (artifact_type, artifact_id, first_seen, fields, event_id, event_time, run_id,
                       source_topic, source_partition, source_offset)
SELECT 'plan', 'artifact-' || n, now(), '{}', id, now() - (1 - 2 * part) * INTERVAL '10 days', run, 't', 0, n
FROM samples WHERE n < 40000;
