package dev.dise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.EventData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A whole stack with an archive, and what tests of commands about slices do with it. */
abstract class SliceStack {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder = Path.of("");

    static Path config = Path.of("");
    static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        config = Files.writeString(folder.resolve("config.yaml"), settings(""));
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config))
                .withoutDurability());
        StackFile.of(stack).write(folder.resolve("state"));
        // Its own keeper comes every ten minutes: what is emitted after its first visit is left to the tests.
        await().atMost(PATIENCE).until(() -> stack.health().parts().containsKey("pg-keeper"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    static void awaitDrained() {
        try (Line line = new Line(stack.config())) {
            await().atMost(PATIENCE).until(line::isDrained);
        }
    }

    static int logs(String tool) {
        return run(ExitCodes.OK, "logs", "--tool", tool, "--limit", "100", "-o", "json")
                .json()
                .path("items")
                .size();
    }

    /** Artifacts of that subject that a search finds. */
    static long found(String subject) {
        return run(ExitCodes.OK, "search", "life", "--limit", "50", "-o", "json")
                .json()
                .path("items")
                .valueStream()
                .filter(hit -> hit.path("artifact_id").asString("").equals(subject))
                .count();
    }

    static Map<String, Long> counts(String... args) {
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

    static void emit(Instant time, EventData... data) {
        try (ArtifactEmitter emitter = ArtifactEmitter.builder()
                .bootstrapServers(stack.config().kafka().bootstrapServers())
                .source("urn:dise:test")
                .overflow(new Overflow.DropNewest())
                .build()) {
            for (EventData one : data) {
                emitter.emit(Event.of(EventIds.next(), "urn:dise:test", time, one));
            }
            assertThat(emitter.flush(PATIENCE).isComplete()).isTrue();
        }
    }

    static void sendGarbage(String subject) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaClients(stack.config().kafka()).producer("garbage")) {
            producer.send(new ProducerRecord<>(
                            Topic.BULK.topicName(), subject.getBytes(UTF_8), ("about " + subject).getBytes(UTF_8)))
                    .get();
        }
    }

    /** The bytes of every dead letter, as text. */
    static List<String> letters() {
        List<String> letters = new ArrayList<>();
        try (TopicScan scan = TopicScan.open(
                new KafkaClients(stack.config().kafka()), Topic.DEAD_LETTERS.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                records.forEach(record -> letters.add(text(record.key()) + text(record.value()) + record.headers()));
            }
        }
        return letters;
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    static String unpacked(Path file) throws IOException {
        try (var in = new ZstdInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    static String settings(String more) {
        return """
                rag: {embedding: {provider: hash}}
                database:
                  tables: {tool_logs: {retention: 30d}}
                  archive: {target: "%s"}
                  %s
                """.formatted(folder.resolve("archive"), more);
    }

    static CommandRun run(int exitCode, String... args) {
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
