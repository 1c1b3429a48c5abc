package dev.dise.bench.query;

import dev.dise.bench.rag.ShortTexts;
import dev.dise.query.SqlQuery;
import dev.dise.query.facts.FactsSql;
import dev.dise.schemas.EnvelopeHeaders;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

/** Questions by meaning, alone and together with what PostgreSQL knows of the tools. */
final class MeaningKinds {
    private static final int WORDS = 5;
    private static final int HITS = 10;
    private static final String FAILURE =
            "SELECT error_message, fingerprint, dise.error_type(failure_type, error_message, stack_trace)"
                    + " FROM tool_failures WHERE event_id = ?";
    private static final String RESOLVED = "SELECT bug_id, tool_id, severity, left(message, 1000), resolved_at, details"
            + " FROM tool_bugs WHERE fingerprint = (SELECT fingerprint FROM tool_failures WHERE event_id = ?) AND resolved"
            + " ORDER BY coalesce(resolved_at, event_time) DESC, bug_id LIMIT 20";

    private final BareSql sql;
    private final BareVectors vectors;
    private final Scale scale;

    MeaningKinds(BareSql sql, BareVectors vectors, Scale scale) {
        this.sql = sql;
        this.vectors = vectors;
        this.scale = scale;
    }

    List<Kind> all() {
        return List.of(search(), combined(), knownFixes());
    }

    private Kind search() {
        return new Kind(
                "search",
                number -> "/v1/artifacts/similar?limit=10&text=" + encoded(text(number)),
                number -> vectors.search(text(number), List.of(), HITS).size());
    }

    /** The bare call asks for the facts of every candidate at once, and leaves it to the caller to choose. */
    private Kind combined() {
        String filters = "&type=tool&max_open_critical_bugs=0&max_p95_latency_ms=2000&min_success_rate=0.9&facts_since="
                + EnvelopeHeaders.formatTime(since().toInstant());
        return new Kind(
                "combined",
                number -> "/v1/artifacts/similar?limit=10&text=" + encoded(text(number)) + filters,
                number -> {
                    List<ScoredPoint> found = vectors.search(text(number), List.of("tool"), BareVectors.CANDIDATES);
                    return facts(found) + found.size();
                });
    }

    private Kind knownFixes() {
        return new Kind(
                "known_fixes",
                number -> "/v1/known-fixes?limit=10&failure=" + failure(number) + "&facts_since="
                        + EnvelopeHeaders.formatTime(since().toInstant()),
                number -> {
                    String text = sql.firstColumn(SqlQuery.of(FAILURE, failure(number)))
                            .iterator()
                            .next();
                    List<ScoredPoint> found = vectors.search(text, List.of("code_fix", "pattern"), HITS);
                    return found.size() + sql.rows(SqlQuery.of(RESOLVED, failure(number))) + facts(found);
                });
    }

    private int facts(List<ScoredPoint> points) throws Exception {
        List<String> tools = points.stream()
                .map(point -> point.getPayloadOrThrow("tool_id").getStringValue())
                .distinct()
                .toList();
        return sql.rows(new FactsSql(since()).of(tools));
    }

    private OffsetDateTime since() {
        return scale.now().minusDays(7);
    }

    private UUID failure(int number) {
        return BulkRows.eventId("failure", new SplittableRandom(53L * number).nextInt(scale.failures()));
    }

    private static String text(int number) {
        return ShortTexts.madeUp(WORDS, new Random(-number - 1L));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
