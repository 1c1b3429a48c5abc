package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.Metrics;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Listings of tables that have a partition for each day. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ListingsIT {
    private static final int ROWS = 60;

    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        // From the day after tomorrow to years ago, ever further apart; only the newest have a partition of their own.
        stack.sql("""
                SELECT dise_g1.add_partition('tool_logs', (now() AT TIME ZONE 'UTC')::date - d)
                FROM generate_series(-1, 20) d;
                INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, details, event_id, event_time,
                                               source_topic, source_partition, source_offset)
                SELECT 'row-' || n, 'info', 'every' || CASE mod(n, 10) WHEN 0 THEN ' rare' ELSE '' END,
                       jsonb_build_object('tenth', mod(n, 10) = 0), gen_random_uuid(),
                       now() + INTERVAL '2 days' - n * n * INTERVAL '13 hours', 't', 0, n FROM generate_series(0, %d) n""".formatted(ROWS - 1));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 59, 60, 61, 1000})
    void pagesTogetherAreEveryRowOnceTheNewestFirst(int limit) {
        assertThat(allPages(limit, Map.of())).isEqualTo(rows(1));
        assertThat(allPages(limit, Map.of("q", List.of("every")))).isEqualTo(rows(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 1000})
    void pagesOfWhatIsSearchedAreEveryRowOnceTheNewestFirst(int limit) {
        assertThat(allPages(limit, Map.of("q", List.of("rare")))).isEqualTo(rows(10));
        assertThat(allPages(limit, Map.of("q", List.of("-rare OR rare"), "details.tenth", List.of("true"))))
                .isEqualTo(rows(10));
    }

    @Test
    void theLastPageHasNoNextEvenIfItIsFull() {
        JsonNode first = page(ROWS / 2, "", Map.of());
        JsonNode second = page(ROWS / 2, first.get("next").stringValue(), Map.of());
        assertThat(second.get("count").intValue()).isEqualTo(ROWS / 2);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void theBoundOfAnAnswerIsOneForAllItsDays() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.conversations (conversation_id, role, content, event_id, event_time,
                                                   source_topic, source_partition, source_offset)
                SELECT 'big', 'user', repeat('x', 900000), gen_random_uuid(), now() - n * INTERVAL '2 days', 't', 0, n
                FROM generate_series(1, 40) n""");
        assertThat(stack.raw("/v1/conversations?conversation_id=big").body()).contains("\"code\":\"too_large\"");
        assertThat(stack.raw("/v1/conversations?conversation_id=big&limit=30").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aListingThatTakesTooLongEndsBetweenItsDays() {
        AtomicInteger calls = new AtomicInteger();
        InstantSource hurried = () -> Instant.now().plus(Duration.ofSeconds(4).multipliedBy(calls.incrementAndGet()));
        try (Database database = Database.open(stack.config.database(), new Metrics())) {
            Listings listings = new Listings(database, new Moments(hurried.withZone(ZoneOffset.UTC)));
            Resource logs = Resources.ALL.getFirst();
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> listings.list(logs, Parameters.parse("tool_id=nobody")))
                    .withMessage("PostgreSQL took longer than 10 s; narrow the question with more filters");
        }
    }

    private static List<String> rows(int step) {
        return IntStream.range(0, ROWS)
                .filter(n -> n % step == 0)
                .mapToObj(n -> "row-" + n)
                .toList();
    }

    private static List<String> allPages(int limit, Map<String, List<String>> filters) {
        List<String> told = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = page(limit, after, filters);
            page.get("items").forEach(item -> told.add(item.get("tool_id").stringValue()));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        return told;
    }

    private static JsonNode page(int limit, String after, Map<String, List<String>> filters) {
        Map<String, List<String>> parameters = new HashMap<>(filters);
        parameters.put("limit", List.of(Integer.toString(limit)));
        if (!after.isEmpty()) {
            parameters.put("after", List.of(after));
        }
        return stack.client.get("/v1/logs", parameters);
    }
}
