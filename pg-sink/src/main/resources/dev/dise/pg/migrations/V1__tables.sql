-- The tables of one generation of the store; the schema is dise_g<n>. Readers use the views of schema dise.
-- Every table ends with the columns that explain a row: which event it is, when it happened by its producer's clock,
-- and the topic, partition and offset that it came from. made_safe says that a value which PostgreSQL cannot hold was
-- replaced; the topic has the original.

-- What tools write most is partitioned by the day (UTC) of its event time. A partition of its own has each day of the
-- last year and the next week that anything came for; every other time goes to the partition <table>_rest. A row is
-- told from others by a unique index on each partition, since one over all of them would have to hold the time too.
-- Indexes for words, details and runs are made for a day when it is over (<partition>_search and <partition>_run), so
-- that they cost the writing of today nothing. The rest is of no day and has them from the beginning. Here are those
-- that every partition has, most of them only for rows that have a value. They end with the time, so that the newest
-- rows of a value are found without knowing how many it has.

CREATE SEQUENCE tool_logs_id CACHE 100;
CREATE TABLE tool_logs (
    id               BIGINT NOT NULL DEFAULT nextval('tool_logs_id'),
    tool_id          TEXT NOT NULL,
    log_level        TEXT NOT NULL,
    message          TEXT NOT NULL,
    details          JSONB,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
) PARTITION BY RANGE (event_time);
CREATE TABLE tool_logs_rest PARTITION OF tool_logs DEFAULT;
CREATE UNIQUE INDEX ON tool_logs_rest (event_id);
CREATE INDEX tool_logs_rest_search ON tool_logs_rest USING gin (dise.words(message), details jsonb_path_ops);
CREATE INDEX tool_logs_rest_run ON tool_logs_rest (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON tool_logs (tool_id, event_time DESC);
CREATE INDEX ON tool_logs (event_time DESC);
-- Most lines are below warning, and cost this index nothing.
CREATE INDEX ON tool_logs (log_level, event_time DESC) WHERE log_level IN ('warning', 'error', 'critical');

CREATE TABLE tool_failures (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    tool_id          TEXT NOT NULL,
    scenario         TEXT NOT NULL,
    error_message    TEXT NOT NULL,
    severity         TEXT,
    failure_type     TEXT,
    stack_trace      TEXT,
    details          JSONB,
    event_id         UUID NOT NULL PRIMARY KEY,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON tool_failures (tool_id, event_time DESC);
CREATE INDEX ON tool_failures (event_time DESC);
CREATE INDEX ON tool_failures (severity, event_time DESC);
CREATE INDEX ON tool_failures (failure_type, event_time DESC) WHERE failure_type IS NOT NULL;
CREATE INDEX ON tool_failures (run_id, event_time DESC) WHERE run_id IS NOT NULL;
-- A scenario may be longer than a key of an index can be.
CREATE INDEX ON tool_failures (left(scenario, 200), event_time DESC);
CREATE INDEX ON tool_failures
    USING gin (dise.words(error_message), dise.words(stack_trace), dise.words(scenario), details jsonb_path_ops);

CREATE SEQUENCE tool_debug_data_id CACHE 100;
CREATE TABLE tool_debug_data (
    id               BIGINT NOT NULL DEFAULT nextval('tool_debug_data_id'),
    context_type     TEXT NOT NULL,
    context_id       TEXT NOT NULL,
    context_name     TEXT,
    parent_context   TEXT,
    status           TEXT,
    error            TEXT,
    request          JSONB,
    response         JSONB,
    duration_ms      DOUBLE PRECISION,
    memory_mb        DOUBLE PRECISION,
    cpu_percent      DOUBLE PRECISION,
    code_hash        TEXT,
    metadata         JSONB,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
) PARTITION BY RANGE (event_time);
CREATE TABLE tool_debug_data_rest PARTITION OF tool_debug_data DEFAULT;
CREATE UNIQUE INDEX ON tool_debug_data_rest (event_id);
CREATE INDEX tool_debug_data_rest_search ON tool_debug_data_rest
    USING gin (dise.words(error), dise.words(context_name), metadata jsonb_path_ops);
CREATE INDEX tool_debug_data_rest_run ON tool_debug_data_rest (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON tool_debug_data (context_id, event_time DESC);
CREATE INDEX ON tool_debug_data (event_time DESC);
CREATE INDEX ON tool_debug_data (context_type, event_time DESC);
CREATE INDEX ON tool_debug_data (parent_context, event_time DESC) WHERE parent_context IS NOT NULL;
CREATE INDEX ON tool_debug_data (status, event_time DESC) WHERE status IS NOT NULL;
CREATE INDEX ON tool_debug_data (code_hash, event_time DESC) WHERE code_hash IS NOT NULL;

-- One row per metric: of a perf_data event one, of a performance event several, which then share artifact_id.
CREATE SEQUENCE tool_performance_id CACHE 100;
CREATE TABLE tool_performance (
    id               BIGINT NOT NULL DEFAULT nextval('tool_performance_id'),
    tool_id          TEXT NOT NULL,
    metric_name      TEXT NOT NULL,
    metric_value     NUMERIC NOT NULL,
    unit             TEXT NOT NULL DEFAULT '',
    details          JSONB,
    artifact_id      TEXT,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
) PARTITION BY RANGE (event_time);
CREATE TABLE tool_performance_rest PARTITION OF tool_performance DEFAULT;
CREATE UNIQUE INDEX ON tool_performance_rest (event_id, metric_name);
CREATE INDEX tool_performance_rest_search ON tool_performance_rest USING gin (details jsonb_path_ops);
CREATE INDEX tool_performance_rest_run ON tool_performance_rest (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON tool_performance (tool_id, event_time DESC);
CREATE INDEX ON tool_performance (metric_name, event_time DESC);
CREATE INDEX ON tool_performance (event_time DESC);
CREATE INDEX ON tool_performance (artifact_id) WHERE artifact_id IS NOT NULL;

CREATE SEQUENCE conversations_id CACHE 100;
CREATE TABLE conversations (
    id               BIGINT NOT NULL DEFAULT nextval('conversations_id'),
    conversation_id  TEXT NOT NULL,
    message_id       TEXT,
    tool_id          TEXT,
    role             TEXT NOT NULL,
    content          TEXT NOT NULL,
    details          JSONB,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
) PARTITION BY RANGE (event_time);
CREATE TABLE conversations_rest PARTITION OF conversations DEFAULT;
CREATE UNIQUE INDEX ON conversations_rest (event_id);
CREATE INDEX conversations_rest_search ON conversations_rest USING gin (dise.words(content), details jsonb_path_ops);
CREATE INDEX conversations_rest_run ON conversations_rest (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON conversations (conversation_id, event_time DESC);
CREATE INDEX ON conversations (event_time DESC);
CREATE INDEX ON conversations (role, event_time DESC);
CREATE INDEX ON conversations (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX ON conversations (tool_id, event_time DESC) WHERE tool_id IS NOT NULL;

CREATE TABLE tool_ancestry (
    id                BIGINT GENERATED ALWAYS AS IDENTITY,
    parent_tool_id    TEXT NOT NULL,
    child_tool_id     TEXT NOT NULL,
    relationship_type TEXT NOT NULL,
    details           JSONB,
    event_id          UUID NOT NULL PRIMARY KEY,
    event_time        TIMESTAMPTZ NOT NULL,
    ingested_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id            TEXT,
    made_safe         BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic      TEXT NOT NULL,
    source_partition  INTEGER NOT NULL,
    source_offset     BIGINT NOT NULL
);
CREATE INDEX ON tool_ancestry (parent_tool_id);
CREATE INDEX ON tool_ancestry (child_tool_id);
CREATE INDEX ON tool_ancestry (relationship_type);
CREATE INDEX ON tool_ancestry (run_id, event_time DESC) WHERE run_id IS NOT NULL;

-- Entities: one row each, at its newest version. A deletion is a version too: the row stays, empty, with deleted_at,
-- so that an older update cannot bring it back. fields names what the newest version set.

CREATE TABLE tool_bugs (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    bug_id           TEXT NOT NULL PRIMARY KEY,
    tool_id          TEXT,
    severity         TEXT,
    message          TEXT,
    stack_trace      TEXT,
    details          JSONB,
    resolved         BOOLEAN NOT NULL DEFAULT FALSE,
    resolved_at      TIMESTAMPTZ,
    first_seen       TIMESTAMPTZ NOT NULL,
    occurrences      BIGINT NOT NULL DEFAULT 1,
    deleted_at       TIMESTAMPTZ,
    fields           TEXT[] NOT NULL,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON tool_bugs (tool_id, event_time DESC);
CREATE INDEX ON tool_bugs (severity, event_time DESC);
CREATE INDEX ON tool_bugs (event_time DESC);
CREATE INDEX ON tool_bugs (event_time DESC) WHERE NOT resolved;
CREATE INDEX ON tool_bugs (event_time DESC) WHERE resolved;
CREATE INDEX ON tool_bugs (event_id);
CREATE INDEX ON tool_bugs (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON tool_bugs USING gin (dise.words(message), dise.words(stack_trace), details jsonb_path_ops);

CREATE TABLE generated_tools (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    tool_id          TEXT NOT NULL PRIMARY KEY,
    tool_name        TEXT,
    tool_type        TEXT,
    tool_yaml        TEXT,
    tool_code        TEXT,
    metadata         JSONB,
    first_seen       TIMESTAMPTZ NOT NULL,
    occurrences      BIGINT NOT NULL DEFAULT 1,
    deleted_at       TIMESTAMPTZ,
    fields           TEXT[] NOT NULL,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON generated_tools (tool_type, event_time DESC);
CREATE INDEX ON generated_tools (event_time DESC);
CREATE INDEX ON generated_tools (event_id);
CREATE INDEX ON generated_tools (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON generated_tools USING gin (dise.words(tool_name), metadata jsonb_path_ops);

CREATE TABLE tool_evaluations (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    artifact_id      TEXT NOT NULL PRIMARY KEY,
    name             TEXT,
    content          TEXT,
    tool_id          TEXT,
    verdict          TEXT,
    overall_score    DOUBLE PRECISION,
    scores           JSONB,
    results          JSONB,
    tags             JSONB,
    metadata         JSONB,
    first_seen       TIMESTAMPTZ NOT NULL,
    occurrences      BIGINT NOT NULL DEFAULT 1,
    deleted_at       TIMESTAMPTZ,
    fields           TEXT[] NOT NULL,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON tool_evaluations (tool_id, event_time DESC);
CREATE INDEX ON tool_evaluations (event_time DESC);
CREATE INDEX ON tool_evaluations (verdict, event_time DESC) WHERE verdict IS NOT NULL;
CREATE INDEX ON tool_evaluations (event_id);
CREATE INDEX ON tool_evaluations (run_id, event_time DESC) WHERE run_id IS NOT NULL;
CREATE INDEX ON tool_evaluations USING gin (dise.words(name), dise.words(content), metadata jsonb_path_ops);

-- What a performance event says beside its metrics; its metrics are rows of tool_performance.
CREATE TABLE performance_artifacts (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    artifact_id      TEXT NOT NULL PRIMARY KEY,
    tool_id          TEXT,
    name             TEXT,
    metrics          JSONB,
    description      TEXT,
    content          TEXT,
    tags             JSONB,
    metadata         JSONB,
    first_seen       TIMESTAMPTZ NOT NULL,
    occurrences      BIGINT NOT NULL DEFAULT 1,
    deleted_at       TIMESTAMPTZ,
    fields           TEXT[] NOT NULL,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL
);
CREATE INDEX ON performance_artifacts (run_id, event_time DESC) WHERE run_id IS NOT NULL;

-- Artifacts of the types that only Qdrant holds by default, where the config sends one of them here as well.
CREATE TABLE artifacts (
    id               BIGINT GENERATED ALWAYS AS IDENTITY,
    artifact_type    TEXT NOT NULL,
    artifact_id      TEXT NOT NULL,
    name             TEXT,
    content          TEXT,
    description      TEXT,
    tags             JSONB,
    metadata         JSONB,
    quality_score    DOUBLE PRECISION,
    usage_count      BIGINT,
    tool_id          TEXT,
    created_at       TIMESTAMPTZ,
    first_seen       TIMESTAMPTZ NOT NULL,
    occurrences      BIGINT NOT NULL DEFAULT 1,
    deleted_at       TIMESTAMPTZ,
    fields           TEXT[] NOT NULL,
    event_id         UUID NOT NULL,
    event_time       TIMESTAMPTZ NOT NULL,
    ingested_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    run_id           TEXT,
    made_safe        BOOLEAN NOT NULL DEFAULT FALSE,
    source_topic     TEXT NOT NULL,
    source_partition INTEGER NOT NULL,
    source_offset    BIGINT NOT NULL,
    PRIMARY KEY (artifact_type, artifact_id)
);
CREATE INDEX ON artifacts (run_id, event_time DESC) WHERE run_id IS NOT NULL;

-- Where reading goes on; moves in the transaction that writes the rows.
CREATE TABLE sink_offsets (
    topic       TEXT NOT NULL,
    partition   INTEGER NOT NULL,
    next_offset BIGINT NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- What left the tables by their retention: one file each, with its rows, its span and its checksum.
CREATE TABLE archives (
    table_name  TEXT NOT NULL,
    file        TEXT NOT NULL,
    rows        BIGINT NOT NULL,
    first_time  TIMESTAMPTZ NOT NULL,
    last_time   TIMESTAMPTZ NOT NULL,
    bytes       BIGINT NOT NULL,
    sha256      TEXT NOT NULL,
    archived_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    kept_until  TIMESTAMPTZ,
    PRIMARY KEY (table_name, file)
);
COMMENT ON COLUMN archives.kept_until IS 'set by a restore: until then its days are not archived again';
