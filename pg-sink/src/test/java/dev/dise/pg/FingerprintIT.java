package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dise.schemas.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which errors are the same error. */
class FingerprintIT {
    private static final Path REAL_DATA = Path.of("..", "..", "shared", "data", "dise", "artifacts.jsonl");
    private static final int TIMES = 60;

    private static PgStack postgres;
    private static Connection connection;

    /** An error as tools report it, and as the test varies it: what is in braces differs each time. */
    private record Reported(
            @Nullable String type, String message, @Nullable String stack) {}

    private static final List<Reported> ERRORS = List.of(
            new Reported(null, "no such file: {path}", null),
            new Reported(null, "cannot read {path} at offset {number}", null),
            new Reported("timeout", "no answer from {address} after {number} ms", null),
            new Reported("timeout", "no answer from {url}", null),
            new Reported("timeout", "worker {uuid} does not answer", null),
            new Reported("timeout", "worker {id} was lost at {time}", null),
            new Reported(null, "KeyError: {quoted}", null),
            new Reported(null, "ValueError: {quoted} is no number", null),
            new Reported(null, "can't open file {quoted}: [Errno 2] No such file or directory", null),
            new Reported(null, "can't open file {quoted}: [Errno 13] Permission denied", null),
            new Reported(null, "segfault at {hex} ip {hex}", null),
            new Reported(null, "commit {hash} has no parent", null),
            new Reported(
                    null, "{\"success\": false, \"error\": \"Expecting value: line {number} column {number}\"}", null),
            new Reported(null, "{\"success\": false, \"error\": \"no module at {path}\"}", null),
            new Reported(null, "boom {number}", """
                    Traceback (most recent call last):
                      File "{path}/main.py", line {line}, in <module>
                        run({number})
                      File "{path}/core.py", line {line}, in run
                        raise ValueError
                    ValueError: {quoted}"""),
            new Reported(null, "boom {number}", """
                    Traceback (most recent call last):
                      File "{path}/main.py", line {line}, in <module>
                        run({number})
                      File "{path}/core.py", line {line}, in run
                        raise KeyError
                    KeyError: {quoted}"""),
            new Reported(null, "boom {number}", """
                    Traceback (most recent call last):
                      File "{path}/main.py", line {line}, in <module>
                        run({number})
                      File "{path}/core.py", line {line}, in walk
                        raise ValueError
                    ValueError: {quoted}"""),
            new Reported("x", "went wrong", """
                    java.lang.IllegalStateException: {quoted} {number}
                    \tat dev.tool.Parser$$Lambda${number}/{hex}.run(Unknown Source)
                    \tat dev.tool.Parser.parse(Parser.java:{line})
                    \t... {number} more
                    """),
            new Reported("x", "went wrong", """
                    java.lang.IllegalStateException: {quoted} {number}
                    \tat dev.tool.Parser$$Lambda${number}/{hex}.run(Unknown Source)
                    \tat dev.tool.Parser.parse(Parser.java:{line})
                    Caused by: java.io.IOException: {path}
                    \tat dev.tool.Reader.read(Reader.java:{line})
                    """),
            new Reported("x", "went wrong", """
                    Exception in thread "pool-{number}" java.lang.IllegalStateException
                    \tat java.base/java.util.Objects.check(Objects.java:{line})
                    """),
            new Reported(null, "TypeError: x is {number}", """
                    TypeError: x is {number}
                        at Object.load (/srv{path}/app.js:{line}:{line})
                        at async main (file://{path}:{line})"""),
            new Reported(null, "TypeError: x is {number}", """
                    TypeError: x is {number}
                        at Object.save (/srv{path}/app.js:{line}:{line})
                        at async main (file://{path}:{line})"""));

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
        connection = postgres.sinkConnections().getConnection();
    }

    @AfterAll
    static void stopPostgreSql() throws SQLException {
        connection.close();
        postgres.close();
    }

    @Test
    void whatDiffersFromTimeToTimeNeverChangesItAndWhatIsAnotherErrorDoes() throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed of the fingerprints: " + seed);
        Random random = new Random(seed);
        Set<String> all = new HashSet<>();
        for (Reported error : ERRORS) {
            Map<String, String> found = new TreeMap<>();
            for (int i = 0; i < TIMES; i++) {
                Reported varied = new Reported(
                        error.type(),
                        varied(error.message(), random),
                        error.stack() == null ? null : varied(error.stack(), random));
                found.putIfAbsent(fingerprint(varied), varied.toString());
            }
            assertThat(found).as("seed %d", seed).hasSize(1);
            assertThat(all.addAll(found.keySet()))
                    .as("%s is its own error", error)
                    .isTrue();
        }
    }

    @Test
    void theTypeCountsAndIsTheExceptionsBeforeTheReporters() throws SQLException {
        assertThat(fingerprint(new Reported("timeout", "failed", null)))
                .isNotEqualTo(fingerprint(new Reported("validation", "failed", null)));
        assertThat(fingerprint(new Reported("execution", "ValueError: bad", null)))
                .isEqualTo(fingerprint(new Reported(null, "ValueError: bad", null)));
        assertThat(fingerprint(new Reported(null, "", ""))).isEqualTo(fingerprint(new Reported(null, "", null)));
    }

    @Test
    void everyWayIntoTheTableGivesTheSame() {
        for (String schema : List.of("failure", "bug")) {
            postgres.execute(
                    "failure".equals(schema)
                            ? "INSERT INTO dise_g1.tool_failures (tool_id, scenario, error_message, event_id, event_time,"
                                    + " source_topic, source_partition, source_offset)"
                                    + " VALUES ('t', 's', 'no row 7', gen_random_uuid(), now(), 't', 0, 0)"
                            : "INSERT INTO dise_g1.tool_bugs (bug_id, message, first_seen, fields, event_id, event_time,"
                                    + " source_topic, source_partition, source_offset)"
                                    + " VALUES ('b', 'no row 8', now(), '{}', gen_random_uuid(), now(), 't', 0, 0)");
        }
        assertThat(postgres.query(
                        "SELECT fingerprint FROM dise.tool_failures UNION SELECT fingerprint FROM dise.tool_bugs"
                                + " UNION SELECT dise.fingerprint(NULL, 'no row 9', NULL)"))
                .hasSize(1);
    }

    @Test
    void itCostsAFractionOfAMillisecond() {
        String trace = "java.lang.IllegalStateException: x" + "\n\tat dev.tool.Parser.parse(Parser.java:17)".repeat(60);
        for (String stack : List.of("NULL", "'" + trace + "'")) {
            long begin = System.nanoTime();
            postgres.query("SELECT count(dise.fingerprint(NULL, 'cannot read ''/srv/a' || n || '.csv'' at row ' || n"
                    + " || ': no answer from 10.0.0.' || n || ':5432', " + stack
                    + ")) FROM generate_series(1, 3000) AS n");
            long micros = (System.nanoTime() - begin) / 3_000_000;
            System.out.println(micros + " µs for a fingerprint of " + (stack.length() > 4 ? "a stack" : "a message"));
            assertThat(micros).isLessThan(3_000);
        }
    }

    @Test
    void errorsOfTheRealDataDoNotCollapseIntoOne() throws Exception {
        assumeTrue(Files.exists(REAL_DATA), "the real data are not here");
        Map<String, Set<String>> groups = new TreeMap<>();
        for (String line : Files.readAllLines(REAL_DATA)) {
            JsonNode artifact = Json.mapper().readTree(line);
            String text = artifact.path("content").asString("");
            int from = text.indexOf("\nStderr:\n") < 0 ? text.indexOf("STDERR:") : text.indexOf("\nStderr:\n");
            if (!artifact.path("metadata").path("success").asBoolean(true) && from >= 0) {
                String error = text.substring(text.indexOf(':', from) + 1).strip();
                groups.computeIfAbsent(fingerprint(new Reported("execution", error, null)), key -> new TreeSet<>())
                        .add(words(error));
            }
        }
        System.out.println(groups.size() + " groups of real errors: " + groups.values());
        assertThat(groups).hasSizeGreaterThan(2);
        assertThat(groups.values()).allSatisfy(errors -> assertThat(errors).hasSize(1));
    }

    /** Another and coarser reading than that of the database: the words that are in no quotes. */
    private static String words(String error) {
        String said = Json.mapper()
                .readTree(error.startsWith("{") ? error.lines().findFirst().orElse("") : "{}")
                .path("error")
                .asString(error);
        return Arrays.stream(said.replaceAll("(?<!\\w)'[^']*'", " ").split("[^A-Za-z]+"))
                .limit(6)
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static String fingerprint(Reported error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT dise.fingerprint(?, ?, ?)")) {
            statement.setString(1, error.type());
            statement.setString(2, error.message());
            statement.setString(3, error.stack());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static String varied(String template, Random random) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match, random)));
    }

    private static String value(MatchResult name, Random random) {
        String hex = Long.toHexString(random.nextLong() | 1L << 62);
        return switch (name.group(1)) {
            case "number" -> Long.toString(random.nextLong() >> random.nextInt(63));
            case "line" -> Integer.toString(1 + random.nextInt(5_000));
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "id" -> "r" + random.nextInt(10) + "x" + random.nextInt(1_000, 10_000);
            case "hex" -> "0x" + hex;
            case "hash" -> "1" + hex + hex;
            case "time" -> Instant.ofEpochSecond(random.nextInt()).toString();
            case "address" -> random.nextInt(256) + ".0." + random.nextInt(256) + ".1:" + random.nextInt(65_536);
            case "url" -> "https://host" + random.nextInt(9) + ".example/a?b=" + hex;
            case "quoted" -> random.nextBoolean() ? "'" + words(random) + "'" : '"' + words(random) + '"';
            case "path" ->
                (random.nextBoolean() ? "/home/" : "/opt/x-1/") + hex + "/"
                        + words(random).replace(' ', '_');
            default -> throw new IllegalArgumentException(name.group());
        };
    }

    private static String words(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            words.add(List.of("alpha", "b2", "Gamma", "delta.py", "e_f").get(random.nextInt(5)));
        }
        return String.join(" ", words);
    }
}
