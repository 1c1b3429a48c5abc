package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import dev.dise.embedding.Embedders;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.pg.PgSinkService;
import dev.dise.rag.RagSinkService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A subject is forgotten on a whole stack, and nothing brings it back; routes change, and what moved is there. */
class SliceCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET = "jane-doe-4711";

    @TempDir
    private static Path folder = Path.of("");

    private static Path config = Path.of("");
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        config = Files.writeString(folder.resolve("config.yaml"), settings(""));
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aForgottenSubjectIsGoneEverywhereAndANewerEventOfItIsStored() throws Exception {
        emitBothSubjects();
        assertThat(run(ExitCodes.OK, "maintain").out()).contains("archived");
        assertThat(counts("forget", "--subject", SECRET, "--dry-run")).containsEntry("dead_letters", 1L);

        Map<String, Long> removed = counts("forget", "--subject", SECRET, "--yes");
        assertThat(removed)
                .containsEntry("rows", 2L)
                .containsEntry("archived_rows", 1L)
                .containsEntry("points", 2L)
                .containsEntry("vectors", 2L)
                .containsEntry("dead_letters", 1L);
        assertNothingIsLeft();

        assertThat(run(ExitCodes.OK, "replay", "--all", "--to", "postgres").out())
                .contains("0 refused");
        assertThat(run(ExitCodes.OK, "replay", "--all", "--to", "qdrant").exitCode())
                .isZero();
        rebuildBoth();
        assertNothingIsLeft();
        assertThat(logs("tool-x")).isEqualTo(2);

        emit(Instant.now(), Log.of(SECRET, LogLevel.INFO, "a new life"), plan(SECRET, "a new life"));
        await().atMost(PATIENCE).until(() -> logs(SECRET) == 1 && found(SECRET) == 1);
        assertThat(counts("forget", "--subject", "tool-x", "--type", "plan", "--dry-run"))
                .containsEntry("rows", 0L);
    }

    @Test
    void whatMovesByNewRulesIsSentAndStored() throws IOException {
        emit(Instant.now(), Artifact.of(EventType.PATTERN, "moved", "a name", "a pattern to be moved"));
        awaitDrained();
        Path rules = Files.writeString(
                folder.resolve("new.yaml"), settings("storage_strategy: {hybrid_storage_types: [pattern]}"));
        CommandRun diff = run(ExitCodes.OK, "route", "diff", rules.toString(), "--since", "1h");
        assertThat(diff.out()).contains("pattern", "dise.rag → dise.bulk + dise.rag");
        CommandRun applied = run(ExitCodes.OK, "route", "apply", rules.toString(), "--since", "1h");
        assertThat(applied.out()).contains("1 records sent", "at their next start");
        awaitDrained();
        assertThat(run(ExitCodes.OK, "replay", "--subject", "moved", "--to", "postgres")
                        .out())
                .contains("1 there already");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "database: {storge: 1, port: many}");
        assertThat(run(ExitCodes.USAGE, "route", "diff", wrong.toString()).err())
                .contains("storge", "port");
    }

    private static void emitBothSubjects() throws Exception {
        Instant old = Instant.now().minus(40, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        for (String subject : List.of(SECRET, "tool-x")) {
            emit(old, Log.of(subject, LogLevel.INFO, "an old line"));
            emit(Instant.now(), Log.of(subject, LogLevel.INFO, "a line"), plan(subject, "the life of " + subject));
            emit(Instant.now(), Evaluation.of(subject, "an evaluation", "of " + subject));
            sendGarbage(subject);
        }
        awaitDrained();
        await().atMost(PATIENCE).until(() -> found("tool-x") == 2 && logs("tool-x") == 2);
        assertThat(letters()).hasSize(2);
    }

    private static EventData plan(String subject, String content) {
        return Artifact.of(EventType.PLAN, subject, "a plan", content);
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(logs(SECRET)).isZero();
        assertThat(found(SECRET)).isZero();
        assertThat(letters()).hasSize(1).noneMatch(letter -> letter.contains(SECRET));
        try (Stream<Path> files = Files.walk(folder.resolve("archive"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".zst")).toList()) {
                assertThat(unpacked(file)).contains("tool-x").doesNotContain(SECRET);
            }
        }
        assertThat(run(ExitCodes.OK, "archive", "verify").out()).contains("1 of 1 files");
    }

    /** Into generations of their own, from the beginning of the topics. */
    private static void rebuildBoth() {
        DiseConfig second = second();
        try (PgSinkService rows = PgSinkService.start(second, new Health(), new Metrics());
                RagSinkService points = RagSinkService.start(
                        second,
                        Embedders.from(second.rag().embedding()),
                        folder.resolve("second-state"),
                        new Health(),
                        new Metrics());
                Line line = new Line(second)) {
            await().atMost(PATIENCE).until(line::isDrained);
            assertThat(rows.ended()).isNotDone();
            assertThat(points.ended()).isNotDone();
        }
        assertThat(counts("forget", "--subject", SECRET, "--dry-run"))
                .containsEntry("rows", 0L)
                .containsEntry("points", 0L);
        assertThat(counts("forget", "--subject", "tool-x", "--type", "evaluation", "--dry-run"))
                .containsEntry("rows", 2L)
                .containsEntry("points", 2L);
    }

    private static DiseConfig second() {
        DiseConfig live = stack.config();
        Path file = write("second.yaml", """
                rag:
                  embedding: {provider: hash}
                  qdrant: {host: 127.0.0.1, grpc_port: %d, generation: 2}
                database: {generation: 2}
                """.formatted(live.rag().qdrant().grpcPort()));
        return DiseConfig.load(file)
                .withKafka(live.kafka().bootstrapServers())
                .withPostgres(live.database().port(), LocalStack.postgresLogins());
    }

    private static void awaitDrained() {
        try (Line line = new Line(stack.config())) {
            await().atMost(PATIENCE).until(line::isDrained);
        }
    }

    private static int logs(String tool) {
        return run(ExitCodes.OK, "logs", "--tool", tool, "--limit", "100", "-o", "json")
                .json()
                .path("items")
                .size();
    }

    /** Artifacts of that subject that a search finds. */
    private static long found(String subject) {
        return run(ExitCodes.OK, "search", "life", "--limit", "50", "-o", "json")
                .json()
                .path("items")
                .valueStream()
                .filter(hit -> hit.path("artifact_id").asString("").equals(subject))
                .count();
    }

    private static Map<String, Long> counts(String... args) {
        JsonNode report = run(
                        ExitCodes.OK,
                        Stream.concat(Arrays.stream(args), Stream.of("-o", "json"))
                                .toArray(String[]::new))
                .json();
        Map<String, Long> counts = new TreeMap<>();
        for (String name : List.of("rows", "archived_rows", "points")) {
            counts.put(
                    name,
                    report.path(name)
                            .valueStream()
                            .mapToLong(count -> count.asLong(0))
                            .sum());
        }
        counts.put("vectors", report.path("vectors").asLong(0));
        counts.put("dead_letters", report.path("dead_letters").asLong(0));
        return counts;
    }

    private static void emit(Instant time, EventData... data) {
        try (ArtifactEmitter emitter = ArtifactEmitter.builder()
                .bootstrapServers(stack.config().kafka().bootstrapServers())
                .source("urn:dise:test")
                .overflow(new Overflow.DropNewest())
                .build()) {
            for (EventData one : data) {
                emitter.emit(Event.of(EventIds.next(), "urn:dise:test", time, one));
            }
        }
    }

    private static void sendGarbage(String subject) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaClients(stack.config().kafka()).producer("garbage")) {
            producer.send(new ProducerRecord<>(
                            Topic.BULK.topicName(), subject.getBytes(UTF_8), ("about " + subject).getBytes(UTF_8)))
                    .get();
        }
    }

    /** The bytes of every dead letter, as text. */
    private static List<String> letters() {
        List<String> letters = new ArrayList<>();
        try (TopicScan scan = TopicScan.open(
                new KafkaClients(stack.config().kafka()), Topic.DEAD_LETTERS.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                records.forEach(record -> letters.add(text(record.key()) + text(record.value()) + record.headers()));
            }
        }
        return letters;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private static String unpacked(Path file) throws IOException {
        try (var in = new ZstdInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String settings(String more) {
        return """
                rag: {embedding: {provider: hash}}
                database:
                  tables: {tool_logs: {retention: 30d}}
                  archive: {target: "%s"}
                  %s
                """.formatted(folder.resolve("archive"), more);
    }

    private static Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandRun run(int exitCode, String... args) {
        Stream<String> where = Stream.of(
                "--config",
                config.toString(),
                "--state",
                folder.resolve("state").toString());
        CommandRun run = CommandRun.of(Stream.concat(Arrays.stream(args), where).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(exitCode);
        return run;
    }
}
