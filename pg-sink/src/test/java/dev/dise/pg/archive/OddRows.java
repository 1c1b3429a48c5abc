package dev.dise.pg.archive;

import java.time.LocalDate;

/** Rows with values that a file could lose: nulls beside empty texts, quotes, line ends, exact numbers. */
final class OddRows {
    private static final String SOURCE = "gen_random_uuid(), TIMESTAMPTZ '%s 12:34:56.789012Z' + i * interval '1 us',"
            + " CASE WHEN i %% 2 = 0 THEN 'run' END, i %% 3 = 0, 'dise.bulk', 0, i";

    private static final String TEXTS = """
            (VALUES (0, NULL), (1, ''), (2, 'NULL'), (3, '\\N'), (4, E'a\\n\\\\.\\nb'), (5, '\\.'), (6, E'"q", ''s'', \\t|\\r\\n'),
             (7, 'Grüße, 世界 🎉 \u200b'), (8, ' spaces '), (9, E'\\u0001\\u007f'), (10, repeat('long "line"' || E'\\n', 20000)))
            AS odd (i, text)""";

    private OddRows() {}

    static String logs(LocalDate day) {
        return "INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, details, event_id, event_time, run_id,"
                + " made_safe, source_topic, source_partition, source_offset) SELECT coalesce(left(text, 99), 'null'), 'info',"
                + " coalesce(text, ''), CASE WHEN i % 4 > 0 THEN jsonb_build_object('text', text, 'n', 1.10, 'l', '[1, null]'::jsonb)"
                + " END, " + SOURCE.formatted(day) + " FROM " + TEXTS;
    }

    static String debugData(LocalDate day) {
        return "INSERT INTO dise_g1.tool_debug_data (context_type, context_id, context_name, error, request, duration_ms,"
                + " memory_mb, metadata, event_id, event_time, run_id, made_safe, source_topic, source_partition,"
                + " source_offset) SELECT '', 'c', text, text, CASE WHEN i % 2 = 0 THEN to_jsonb(text) END, 0.1 + 0.2,"
                + " CASE WHEN i = 1 THEN 'NaN' ELSE 1e-300 END, 'null'::jsonb, " + SOURCE.formatted(day)
                + " FROM " + TEXTS;
    }

    static String performance(LocalDate day) {
        return "INSERT INTO dise_g1.tool_performance (tool_id, metric_name, metric_value, unit, details, artifact_id,"
                + " event_id, event_time, run_id, made_safe, source_topic, source_partition, source_offset)"
                + " SELECT 't', metric, 123456789012345678901234567890.1230 / (i + 1), '', NULL, left(text, 99), "
                + SOURCE.formatted(day).replace("gen_random_uuid()", "md5(i::text)::uuid") + " FROM " + TEXTS
                + ", (VALUES ('latency_ms'), ('cost')) AS metrics (metric)";
    }

    static String conversations(LocalDate day) {
        return "INSERT INTO dise_g1.conversations (conversation_id, message_id, role, content, details, event_id,"
                + " event_time, run_id, made_safe, source_topic, source_partition, source_offset)"
                + " SELECT 'c', left(text, 500), 'user', coalesce(text, ''), NULL, " + SOURCE.formatted(day) + " FROM "
                + TEXTS;
    }
}
