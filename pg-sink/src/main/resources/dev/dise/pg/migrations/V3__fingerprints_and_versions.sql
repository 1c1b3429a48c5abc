-- Failures and bugs know which of them are the same error, and generated tools which versions they had.

-- Computed by the database whenever a row is written, so that every way into the table and every generation has the same.
ALTER TABLE tool_failures ADD COLUMN fingerprint UUID
    GENERATED ALWAYS AS (dise.fingerprint(failure_type, error_message, stack_trace)) STORED;
-- The first answers what a time had, the second what a group has; both without a look into the table.
CREATE INDEX ON tool_failures (event_time DESC) INCLUDE (fingerprint, tool_id);
CREATE INDEX ON tool_failures (fingerprint, event_time DESC) INCLUDE (tool_id);

-- A deleted bug has one too: that of nothing.
ALTER TABLE tool_bugs ADD COLUMN fingerprint UUID
    GENERATED ALWAYS AS (dise.fingerprint(
        coalesce(details ->> 'failure_type', details ->> 'exception_type'), message, stack_trace)) STORED;
CREATE INDEX ON tool_bugs (fingerprint, event_time DESC);

-- What each event said of a tool; set_fields names what it set. generated_tools has all of it merged.
CREATE TABLE generated_tool_versions (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    tool_id          TEXT NOT NULL,
    tool_name        TEXT,
    tool_type        TEXT,
    tool_yaml        TEXT,
    tool_code        TEXT,
    metadata         JSONB,
    set_fields       TEXT NOT NULL,
    event_id         UUID NOT NULL PRIMARY KEY,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON generated_tool_versions (tool_id, event_time DESC);

-- Of a tool with one version its row is that version. Of the others a rebuild, or verify --repair, brings them all.
INSERT INTO generated_tool_versions (tool_id, tool_name, tool_type, tool_yaml, tool_code, metadata, set_fields, event_id,
                                     event_time, ingested_at, run_id, made_safe, source_topic, source_partition,
                                     source_offset)
SELECT tool_id, tool_name, tool_type, tool_yaml, tool_code, metadata, array_to_string(fields, ','), event_id,
       event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
FROM generated_tools WHERE occurrences = 1 AND deleted_at IS NULL;
