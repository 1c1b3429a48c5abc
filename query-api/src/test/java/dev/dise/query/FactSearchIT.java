package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One question over both stores, against the same answer reckoned here. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class FactSearchIT {
    private static final int TOOLS = 60;
    private static final int ARTIFACTS = 600;
    private static final int QUESTIONS = 25;

    @SuppressWarnings("TimeInStaticInitializer") // the facts are of the last days
    private static final Instant RECENTLY = Instant.now().minus(2, ChronoUnit.HOURS);

    private static final long SEED = System.nanoTime();
    private static final Random RANDOM = new Random(SEED);
    private static final Map<String, Known> KNOWN = new LinkedHashMap<>();
    /** Artifacts, and the tool of each; null for none. */
    private static final Map<String, @Nullable String> OWNERS = new LinkedHashMap<>();

    private static QueryStack stack;

    /** What is told of a tool. */
    private record Known(int failures, int criticalBugs, List<Integer> latencies, int succeeded) {
        OptionalDouble p95() {
            List<Integer> sorted = latencies.stream().sorted().toList();
            return sorted.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1));
        }

        OptionalDouble rate() {
            return latencies.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) succeeded / latencies.size());
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        System.out.println("seed of the combined search: " + SEED);
        stack = QueryStack.start(folder);
        for (int i = 0; i < TOOLS; i++) {
            tell("tool-" + i);
        }
        ArtifactPoints points = new ArtifactPoints();
        for (int i = 0; i < ARTIFACTS; i++) {
            String tool = i % 7 == 0 ? null : "tool-" + RANDOM.nextInt(TOOLS);
            points.add("function", "artifact-" + i, "sort " + "and more ".repeat(RANDOM.nextInt(9)) + i, tool);
            OWNERS.put("artifact-" + i, tool);
        }
        points.add("tool", "tool-3", "sort lists", null);
        OWNERS.put("tool-3", "tool-3");
        points.add("code_fix", "fix-1", "parse ValueError by guarding the input", "tool-1")
                .add("pattern", "fix-2", "parse with care", null)
                .add("plan", "no-fix", "parse ValueError", null)
                .putInto(stack);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void searchWithFactsFindsWhatIsReckonedHere() throws Exception {
        for (int i = 0; i < QUESTIONS; i++) {
            int failures = RANDOM.nextInt(4);
            int p95 = 200 + RANDOM.nextInt(800);
            double rate = RANDOM.nextInt(10) / 10.0;
            boolean critical = RANDOM.nextBoolean();
            boolean fast = RANDOM.nextBoolean();
            boolean good = RANDOM.nextBoolean();
            boolean keep = RANDOM.nextBoolean();
            Set<String> expected = new TreeSet<>();
            OWNERS.forEach((artifact, tool) -> {
                Known known = KNOWN.getOrDefault(String.valueOf(tool), new Known(0, 0, List.of(), 0));
                if (known.failures() <= failures
                        && (!critical || known.criticalBugs() == 0)
                        && (!fast
                                || known.p95().stream()
                                        .mapToObj(v -> v <= p95)
                                        .findFirst()
                                        .orElse(keep))
                        && (!good
                                || known.rate().stream()
                                        .mapToObj(v -> v >= rate)
                                        .findFirst()
                                        .orElse(keep))) {
                    expected.add(artifact);
                }
            });
            String question = "max_failures=" + failures + (critical ? "&max_open_critical_bugs=0" : "")
                    + (fast ? "&max_p95_latency_ms=" + p95 : "") + (good ? "&min_success_rate=" + rate : "")
                    + "&unknown=" + (keep ? "keep" : "drop");
            JsonNode answer = stack.json("/v1/artifacts/similar?text=sort&type=function,tool&limit=100&" + question);
            List<String> found = ids(answer);
            assertThat(found).as("seed %d, %s", SEED, question).hasSize(Math.min(100, expected.size()));
            assertThat(expected).as("seed %d, %s", SEED, question).containsAll(found);
            assertThat(scores(answer)).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(answer.get("candidates").intValue()).isGreaterThanOrEqualTo(found.size());
        }
    }

    @Test
    void theRareOneThatPassesIsFoundFarDownTheRanking() throws Exception {
        stack.insertEntity("tool_bugs", """
                {"bug_id": "only", "tool_id": "tool-3", "severity": "low", "message": "m"}""");
        Known best = Objects.requireNonNull(KNOWN.get("tool-3"));
        String question = "text=sort&type=tool&limit=1&facts=true";
        JsonNode hit =
                stack.json("/v1/artifacts/similar?" + question).get("items").get(0);
        assertThat(hit.get("artifact_id").stringValue()).isEqualTo("tool-3");
        assertThat(hit.at("/facts/failures").intValue()).isEqualTo(best.failures());
        assertThat(hit.at("/facts/open_critical_bugs").intValue()).isEqualTo(best.criticalBugs());
        assertThat(hit.at("/facts/open_bugs").intValue()).isEqualTo(best.criticalBugs() + 1);
        assertThat(stack.json("/v1/artifacts/similar?text=sort&limit=1")
                        .at("/items/0")
                        .has("facts"))
                .isFalse();
    }

    @Test
    void fixesAreNearTheErrorAndWhatWasResolvedBeforeIsTold() throws Exception {
        stack.insert("tool_failures", """
                {"tool_id": "tool-1", "scenario": "s", "error_message": "ValueError: cannot parse row 5",
                 "event_id": "0190a0a0-0000-7000-8000-000000000001"}""");
        stack.insertEntity("tool_bugs", """
                {"bug_id": "b9", "tool_id": "tool-1", "severity": "low", "message": "ValueError: cannot parse row 77",
                 "resolved": true, "resolved_at": "2026-01-31T00:00:00Z",
                 "details": {"resolution": {"note": "guarded it", "by": "me"}}}""");
        for (String cause : List.of(
                "failure=0190a0a0-0000-7000-8000-000000000001",
                "bug=b9",
                "text=" + URLEncoder.encode("ValueError: cannot parse row 8", StandardCharsets.UTF_8))) {
            JsonNode answer = stack.json("/v1/known-fixes?" + cause);
            assertThat(ids(answer)).as(cause).containsExactly("fix-1", "fix-2");
            assertThat(answer.at("/items/0/facts/tool_id").stringValue()).isEqualTo("tool-1");
            assertThat(answer.at("/items/0/why/meaning").doubleValue()).isPositive();
            assertThat(answer.at("/resolved_before/0/note").stringValue()).isEqualTo("guarded it");
            String fingerprint = answer.at("/asked/fingerprint").stringValue();
            assertThat(ids(stack.json("/v1/known-fixes?fingerprint=" + fingerprint + "&limit=1")))
                    .containsExactly("fix-1");
        }
        assertThat(stack.raw("/v1/known-fixes?bug=none").statusCode()).isEqualTo(404);
        assertThat(stack.raw("/v1/known-fixes?failure=none").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/v1/artifacts/similar?text=a&max_failures=-1 | max_failures must be a whole number",
                "/v1/artifacts/similar?text=a&max_p95_latency_ms=NaN | max_p95_latency_ms must be a number of milliseconds",
                "/v1/artifacts/similar?text=a&max_p95_latency_ms=x | max_p95_latency_ms must be a number of milliseconds",
                "/v1/artifacts/similar?text=a&min_success_rate=2 | min_success_rate must be a number from 0 to 1",
                "/v1/artifacts/similar?text=a&unknown=maybe | unknown must be keep or drop",
                "/v1/artifacts/similar?text=a&facts=yes | facts must be true or false",
                "/v1/artifacts/similar?text=a&max_bugs=1 | 'max_bugs' is not a filter here",
                "/v1/known-fixes | must have exactly one of failure, bug, fingerprint, text",
                "/v1/known-fixes?bug=a&text=b | must have exactly one of failure, bug, fingerprint, text",
                "/v1/known-fixes?fingerprint=a | fingerprint must be a fingerprint"
            })
    void whatIsMalformedIsRefusedWithTheRule(String path, String rule) throws Exception {
        HttpResponse<String> response = stack.raw(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(rule);
    }

    private static void tell(String tool) throws Exception {
        int latencies = RANDOM.nextInt(3) == 0 ? 0 : 1 + RANDOM.nextInt(5);
        List<Integer> all = new ArrayList<>();
        int succeeded = 0;
        for (int i = 0; i < latencies; i++) {
            all.add(1 + RANDOM.nextInt(1_000));
            boolean success = RANDOM.nextBoolean();
            succeeded += success ? 1 : 0;
            stack.insert("tool_performance", """
                    {"tool_id": "%s", "metric_name": "latency_ms", "metric_value": %d, "unit": "ms",
                     "details": {"success": %b}, "event_time": "%s"}
                    """.formatted(tool, all.get(i), success, RECENTLY));
        }
        Known known = new Known(RANDOM.nextInt(4), RANDOM.nextInt(2), all, succeeded);
        for (int i = 0; i < known.failures(); i++) {
            stack.insert("tool_failures", """
                    {"tool_id": "%s", "scenario": "s", "error_message": "m", "event_time": "%s"}
                    """.formatted(tool, RECENTLY));
        }
        if (known.criticalBugs() > 0) {
            stack.insertEntity("tool_bugs", """
                    {"bug_id": "bug of %s", "tool_id": "%1$s", "severity": "critical", "message": "m"}""".formatted(tool));
        }
        KNOWN.put(tool, known);
    }

    private static List<String> ids(JsonNode answer) {
        return answer.get("items")
                .valueStream()
                .map(item -> item.get("artifact_id").stringValue())
                .toList();
    }

    private static List<Double> scores(JsonNode answer) {
        return answer.get("items")
                .valueStream()
                .map(item -> item.get("score").doubleValue())
                .toList();
    }
}
