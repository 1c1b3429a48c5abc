-- What readers see: the live generation, without what was deleted. created_at is the producer's time.
CREATE OR REPLACE VIEW dise.tool_logs AS
    SELECT id, tool_id, log_level, message, details, event_time AS created_at,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.tool_logs;

CREATE OR REPLACE VIEW dise.tool_failures AS
    SELECT id, tool_id, scenario, error_message, severity, failure_type, stack_trace, details,
           event_time AS created_at,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset,
           fingerprint
    FROM ${schema}.tool_failures;

CREATE OR REPLACE VIEW dise.tool_debug_data AS
    SELECT id, context_type, context_id, context_name, parent_context, status, error, request, response,
           duration_ms, memory_mb, cpu_percent, code_hash, metadata, event_time AS created_at,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.tool_debug_data;

CREATE OR REPLACE VIEW dise.tool_performance AS
    SELECT id, tool_id, metric_name, metric_value, unit, details, event_time AS created_at, artifact_id,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.tool_performance;

CREATE OR REPLACE VIEW dise.conversations AS
    SELECT id, conversation_id, message_id, tool_id, role, content, details, event_time AS created_at,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.conversations;

CREATE OR REPLACE VIEW dise.tool_ancestry AS
    SELECT id, parent_tool_id, child_tool_id, relationship_type, details, event_time AS created_at,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.tool_ancestry;

-- reported_at is when it was last reported and not resolved, as far as the newest version tells: what resolves a bug is
-- no report of it.
CREATE OR REPLACE VIEW dise.tool_bugs AS
    SELECT id, bug_id, tool_id, severity, message, stack_trace, details, resolved, first_seen AS created_at,
           resolved_at, first_seen, event_time AS last_seen, occurrences,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset,
           fingerprint,
           CASE WHEN resolved AND 'resolved' = ANY (fields) THEN least(first_seen, resolved_at) ELSE event_time END
               AS reported_at
    FROM ${schema}.tool_bugs WHERE deleted_at IS NULL;

CREATE OR REPLACE VIEW dise.generated_tools AS
    SELECT id, tool_id, tool_name, tool_type, tool_yaml, tool_code, metadata, first_seen AS created_at,
           event_time AS updated_at, occurrences,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.generated_tools WHERE deleted_at IS NULL;

-- From before a deletion there is nothing to see.
CREATE OR REPLACE VIEW dise.generated_tool_versions AS
    SELECT v.id, v.tool_id, v.tool_name, v.tool_type, v.tool_yaml, v.tool_code, v.metadata,
           string_to_array(v.set_fields, ',') AS set_fields, v.event_time AS created_at,
           v.event_id, v.event_time, v.ingested_at, v.run_id, v.made_safe, v.source_topic, v.source_partition,
           v.source_offset
    FROM ${schema}.generated_tool_versions AS v JOIN ${schema}.generated_tools AS t USING (tool_id)
    WHERE t.deleted_at IS NULL AND v.event_time >= t.first_seen;

CREATE OR REPLACE VIEW dise.tool_evaluations AS
    SELECT id, artifact_id, name, content, tool_id, verdict, overall_score, scores, results, tags, metadata,
           first_seen AS created_at, event_time AS updated_at, occurrences,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.tool_evaluations WHERE deleted_at IS NULL;

CREATE OR REPLACE VIEW dise.performance_artifacts AS
    SELECT id, artifact_id, tool_id, name, metrics, description, content, tags, metadata,
           first_seen AS created_at, event_time AS updated_at, occurrences,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.performance_artifacts WHERE deleted_at IS NULL;

CREATE OR REPLACE VIEW dise.artifacts AS
    SELECT id, artifact_type, artifact_id, name, content, description, tags, metadata, quality_score, usage_count,
           tool_id, COALESCE(created_at, first_seen) AS created_at, event_time AS updated_at, occurrences,
           event_id, event_time, ingested_at, run_id, made_safe, source_topic, source_partition, source_offset
    FROM ${schema}.artifacts WHERE deleted_at IS NULL;

-- Which version each entity has, of the deleted ones too: by it a reader knows whether an event has arrived.
CREATE OR REPLACE VIEW dise.entity_versions AS
    SELECT 'bug_report'::TEXT AS type, bug_id AS subject, event_id, event_time, deleted_at FROM ${schema}.tool_bugs
    UNION ALL
    SELECT 'generated_tool', tool_id, event_id, event_time, deleted_at FROM ${schema}.generated_tools
    UNION ALL
    SELECT 'evaluation', artifact_id, event_id, event_time, deleted_at FROM ${schema}.tool_evaluations
    UNION ALL
    SELECT 'performance', artifact_id, event_id, event_time, deleted_at FROM ${schema}.performance_artifacts
    UNION ALL
    SELECT artifact_type, artifact_id, event_id, event_time, deleted_at FROM ${schema}.artifacts;
