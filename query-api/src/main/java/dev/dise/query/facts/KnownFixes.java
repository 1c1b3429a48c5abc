package dev.dise.query.facts;

import dev.dise.query.Fingerprints;
import dev.dise.query.Parameters;
import dev.dise.query.Problem;
import dev.dise.query.RefusedException;
import dev.dise.query.SimilarArtifacts;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventIds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What helped against an error like this one: fixes that are near its text by meaning, and bugs that were the same error. */
record KnownFixes(SimilarArtifacts similar, ToolFacts facts) {
    private static final List<String> CAUSES = List.of("failure", "bug", "fingerprint", "text");
    private static final List<String> NAMES =
            List.of("failure", "bug", "fingerprint", "text", "limit", ToolFacts.SINCE);

    private static final String FAILURE = """
            SELECT fingerprint, error_message AS message, dise.error_type(failure_type, error_message, stack_trace) AS type,
                   event_time AS seen
            FROM tool_failures WHERE\s""";
    private static final String BUG = """
            SELECT fingerprint, message, dise.error_type(coalesce(details ->> 'failure_type',
                       details ->> 'exception_type'), message, stack_trace) AS type, event_time AS seen
            FROM tool_bugs WHERE\s""";
    private static final String RESOLVED = """
            SELECT bug_id, tool_id, severity, left(message, 1000) AS message, resolved_at,
                   details #>> '{resolution,note}' AS note, details #>> '{resolution,by}' AS resolved_by
            FROM tool_bugs WHERE fingerprint = ? AND resolved
            ORDER BY coalesce(resolved_at, event_time) DESC, bug_id LIMIT 20""";

    /** The error that fixes are looked for. */
    record Asked(String text, String fingerprint) {}

    /**
     * The answer.
     *
     * @param items artifacts of types code_fix and pattern, the nearest first
     * @param resolvedBefore bugs of the same fingerprint that were resolved, the latest first
     */
    record Fixes(Asked asked, List<ObjectNode> items, int count, int limit, List<ObjectNode> resolvedBefore) {}

    Fixes of(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        List<String> given = CAUSES.stream().filter(parameters::has).toList();
        if (given.size() != 1) {
            throw RefusedException.badValue("the question", "must have exactly one of " + String.join(", ", CAUSES));
        }
        int limit = parameters.number("limit", 10, 1, 100);
        FactSieve sieve =
                new FactSieve(facts, facts.since(ToolFacts.SINCE, parameters), new FactFilter(List.of(), true));
        String cause = given.getFirst();
        Asked asked = asked(cause, parameters.one(cause).orElseThrow());
        SimilarArtifacts.Hits hits = similar.find(
                new Parameters(Map.of(
                        "text", List.of(asked.text()),
                        "type", List.of("code_fix", "pattern"),
                        "limit", List.of(Integer.toString(limit)))),
                sieve);
        List<ObjectNode> resolved =
                facts.database().rows(SqlQuery.of(RESOLVED, Fingerprints.parse("fingerprint", asked.fingerprint())));
        return new Fixes(asked, hits.items(), hits.count(), limit, Rows.known(resolved));
    }

    private Asked asked(String cause, String value) throws StoreUnavailableException {
        return switch (cause) {
            case "failure" ->
                error(cause, SqlQuery.of(FAILURE + "event_id = ? LIMIT 1", EventIds.asUuid(eventId(value))));
            case "bug" -> error(cause, SqlQuery.of(BUG + "bug_id = ?", value));
            case "fingerprint" -> {
                var fingerprint = Fingerprints.parse(cause, value);
                yield error(
                        cause,
                        SqlQuery.of(
                                "SELECT * FROM ((" + FAILURE
                                        + "fingerprint = ? ORDER BY event_time DESC LIMIT 1) UNION ALL ("
                                        + BUG + "fingerprint = ? ORDER BY event_time DESC LIMIT 1)) AS found"
                                        + " ORDER BY seen DESC LIMIT 1",
                                fingerprint,
                                fingerprint));
            }
            default ->
                error(
                        cause,
                        SqlQuery.of(
                                "SELECT dise.fingerprint(NULL, ?, NULL) AS fingerprint, ?::text AS message, NULL AS type",
                                checked(value),
                                value));
        };
    }

    private Asked error(String cause, SqlQuery query) throws StoreUnavailableException {
        List<ObjectNode> rows = facts.database().rows(query);
        if (rows.isEmpty()) {
            throw new RefusedException(Problem.notFound("there is no such " + cause));
        }
        ObjectNode row = rows.getFirst();
        String message = Objects.requireNonNullElse(Rows.text(row, "message"), "");
        String type = Objects.requireNonNullElse(Rows.text(row, "type"), "");
        String text = type.isEmpty() || message.contains(type) ? message : type + ": " + message;
        return new Asked(
                text.substring(0, Math.min(text.length(), SimilarArtifacts.LONGEST_TEXT)),
                row.get("fingerprint").stringValue());
    }

    private static String eventId(String value) {
        if (value.length() > EventIds.MAX_LENGTH) {
            throw RefusedException.badValue("failure", "must have at most " + EventIds.MAX_LENGTH + " characters");
        }
        return value;
    }

    private static String checked(String text) {
        if (text.length() > SimilarArtifacts.LONGEST_TEXT) {
            throw RefusedException.badValue(
                    "text", "must have at most " + SimilarArtifacts.LONGEST_TEXT + " characters");
        }
        return text;
    }
}
