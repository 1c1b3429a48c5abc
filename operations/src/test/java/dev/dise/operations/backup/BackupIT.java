package dev.dise.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.FileCheck.State;
import dev.dise.pg.PgSinkService;
import dev.dise.rag.backup.PointsCopy;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.TopicReader;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Log;
import io.qdrant.client.grpc.Points.PointStruct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One line with everything that makes a backup hard: topics without their beginning, holes, dead letters, archived rows, a sink
 * that is behind, traffic meanwhile. And what becomes of its backup elsewhere.
 */
class BackupIT {
    private static final int PARTITIONS = 2;

    @TempDir
    private static Path temp = Path.of("");

    private static @Nullable WholeLine source;
    private static Path backup = Path.of("");
    private static final List<String> accepted = new ArrayList<>();
    private static final Map<String, List<String>> atRest = new TreeMap<>();

    @BeforeAll
    static void takeOne() throws Exception {
        source = WholeLine.start(temp.resolve("source"), PARTITIONS);
        line().startAll();
        line().send(Topic.EVENTS, old());
        makeHole(Topic.VECTORS);
        makeHole(Topic.BULK);
        line().send(Topic.EVENTS, everyKind("rest"));
        // The poison lies behind what is routed, or losing the beginnings would lose the record that its letter names.
        line().awaitDrained();
        line().sendPoison();
        line().awaitDrained();
        PgSinkService.maintenance(line().config().database()).pass();
        loseBeginnings();
        line().stop("postgres");
        accepted.addAll(ids(sent("in-flight")));
        backup = temp.resolve("backup");
        takeWhileTrafficGoesOn();
        remember(line(), atRest);
    }

    @AfterAll
    static void stop() {
        line().close();
    }

    @Test
    void everyFileIsAsItWasWritten() {
        Manifest manifest = Verification.manifest(backup);
        assertThat(Verification.of(backup, manifest, WorkProgress.NONE))
                .extracting(FileCheck::state)
                .containsOnly(State.GOOD);
        assertThat(manifest.counts(Kind.ROWS)).containsEntry("archives", 1L);
        assertThat(manifest.topics())
                .filteredOn(topic -> topic.name().equals("dise.bulk"))
                .allSatisfy(topic -> assertThat(topic.partitions())
                        .anyMatch(partition -> partition.begin() > 0)
                        .anyMatch(partition -> partition.records() < partition.end() - partition.begin()));
    }

    @Test
    void aRestoredLineGoesOnWhereItWas() throws Exception {
        try (WholeLine target = WholeLine.start(temp.resolve("target"), 1)) {
            killIn("records", target);
            killIn("rows", target);
            killIn("points", target);
            RestoreReport report = Restore.into(target.config(), backup, WorkProgress.NONE, Clock.systemUTC());
            assertThat(report.resumed()).isTrue();
            assertThat(report.rows()).isEqualTo(Verification.manifest(backup).counts(Kind.ROWS));
            Map<String, List<String>> there = new TreeMap<>();
            remember(target, there);
            assertThat(there).isEqualTo(atRest);
            assertThatRowsNameTheirRecords(target);
            assertThatLettersNameTheirRecords(target);
            assertThat(times(target))
                    .as("append times")
                    .isEqualTo(times(line()).subList(0, times(target).size()));

            target.startAll();
            target.awaitDrained();
            assertThat(stored(target)).containsAll(accepted).doesNotHaveDuplicates();
            List<Event> more = everyKind("after");
            target.send(Topic.EVENTS, more);
            target.awaitDrained();
            assertThat(stored(target)).containsAll(ids(more)).doesNotHaveDuplicates();
            assertThat(target.query("SELECT count(DISTINCT id) = count(id) FROM dise_g1.tool_logs"))
                    .containsExactly("t");
        }
    }

    @Test
    void aLineThatIsNotEmptyOrRunsIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> restore(line(), backup))
                .withMessageContaining("services run here")
                .withMessageContaining("dise-router");
        line().stopAll();
        assertThatIllegalStateException()
                .isThrownBy(() -> restore(line(), backup))
                .withMessageContaining("the topic dise.events has had")
                .withMessageContaining("the table dise_g1.")
                .withMessageContaining("the collection dise-artifacts-g1 has points");
    }

    @Test
    void aFileThatWasTamperedWithIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path copy = temp.resolve("tampered");
        copy(backup, copy);
        Path file = copy.resolve(Verification.manifest(copy).files().getLast().path());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatIllegalStateException()
                .isThrownBy(() -> restore(line(), copy))
                .withMessageContaining("is not what was written")
                .withMessageContaining("nothing was restored");
    }

    private static void restore(WholeLine target, Path folder) {
        Restore.into(target.config(), folder, WorkProgress.NONE, Clock.systemUTC());
    }

    /** Ends a restore in the middle of a phase. */
    private static void killIn(String phase, WholeLine target) {
        WorkProgress kill = (now, done, total) -> {
            if (now.equals(phase) && done > total / 2) {
                throw new KilledException();
            }
        };
        try {
            Restore.into(target.config(), backup, kill, Clock.systemUTC());
        } catch (KilledException e) {
            return;
        }
        throw new AssertionError("nothing was counted as " + phase);
    }

    private static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void takeWhileTrafficGoesOn() throws Exception {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> flow = traffic.scheduleWithFixedDelay(
                    () -> {
                        try {
                            line().send(Topic.EVENTS, everyKind("traffic"));
                        } catch (Exception e) {
                            failure.set(e);
                        }
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);
            Backup.take(line().config(), backup, WorkProgress.NONE, Clock.systemUTC(), 20_000);
            flow.cancel(false);
        }
        assertThat(failure.get()).isNull();
        line().startPostgres();
        line().awaitDrained();
    }

    /** What was stored before the backup began, in both stores. */
    private static void remember(WholeLine line, Map<String, List<String>> rows) throws Exception {
        for (String table : List.of("tool_logs", "tool_bugs", "generated_tools", "tool_failures")) {
            rows.put(
                    table,
                    line.query("SELECT md5(string_agg(to_jsonb(t)::text, '|' ORDER BY id)) FROM (SELECT "
                            + columns(line, table) + " FROM dise_g1." + table + " WHERE run_id = 'rest') AS t"));
        }
        rows.put("archives", line.query("SELECT to_jsonb(a)::text FROM dise_g1.archives a"));
        rows.put("points", points(line));
    }

    private static String columns(WholeLine line, String table) throws Exception {
        return String.join(
                ", ",
                line.query("SELECT attname FROM pg_attribute WHERE attrelid = 'dise_g1." + table
                        + "'::regclass AND attnum > 0 AND attname <> 'source_offset' ORDER BY attnum"));
    }

    private static List<String> points(WholeLine line) throws IOException {
        List<String> points = new ArrayList<>();
        try (PointsCopy copy = PointsCopy.open(line.config().rag().qdrant()).orElseThrow()) {
            copy.copy(bytes -> {
                String text = PointStruct.parseFrom(bytes).toBuilder()
                        .removePayload("source_offset")
                        .build()
                        .toString();
                if (text.contains("\"rest\"")) {
                    points.add(text);
                }
            });
        }
        return points.stream().sorted().toList();
    }

    private static void assertThatRowsNameTheirRecords(WholeLine target) throws Exception {
        Map<String, String> ids = new TreeMap<>();
        for (SourceRecord record : records(target, Topic.BULK)) {
            ids.put(record.partition().number() + "@" + record.offset(), String.valueOf(record.header("ce_id")));
        }
        List<String> rows = target.query("SELECT source_partition || '@' || source_offset || ' ' || event_id"
                + " FROM dise_g1.tool_logs WHERE run_id = 'rest' AND source_offset >= 0");
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(ids.get(row.substring(0, row.indexOf(' '))))
                        .isEqualTo(row.substring(row.indexOf(' ') + 1)));
        assertThat(target.query("SELECT count(*) > 0 FROM dise_g1.tool_logs WHERE source_offset < 0"))
                .containsExactly("t");
    }

    private static void assertThatLettersNameTheirRecords(WholeLine target) {
        SourceRecord letter = records(target, Topic.DEAD_LETTERS).get(0);
        Partition from = new Partition("dise.bulk", Integer.parseInt(header(letter, DeadLetterHeaders.PARTITION)));
        long offset = Long.parseLong(header(letter, DeadLetterHeaders.OFFSET));
        assertThat(records(target, Topic.BULK))
                .filteredOn(record -> record.partition().equals(from) && record.offset() == offset)
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(letter.value()));
    }

    private static String header(SourceRecord record, String name) {
        return String.valueOf(record.header(name));
    }

    private static List<Instant> times(WholeLine line) {
        return records(line, Topic.RAG).stream()
                .filter(record -> record.partition().number() == 0)
                .map(SourceRecord::appendedAt)
                .toList();
    }

    private static List<SourceRecord> records(WholeLine line, Topic topic) {
        return new TopicReader(line.clients()).read(topic);
    }

    private static List<String> stored(WholeLine line) throws Exception {
        return line.query("SELECT event_id::text FROM dise_g1.tool_logs");
    }

    private static List<String> ids(List<Event> events) {
        return events.stream()
                .filter(event -> event.envelope().type() == EventType.LOG)
                .map(event -> event.envelope().id())
                .toList();
    }

    private static List<Event> sent(String run) throws Exception {
        List<Event> events = everyKind(run);
        line().send(Topic.EVENTS, events);
        return events;
    }

    /** Logs, an entity in three versions, one that is deleted, and artifacts; all of them of this run. */
    private static List<Event> everyKind(String run) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(event(run, Instant.now(), Log.of("tool-" + i % 5, LogLevel.INFO, "line " + i)));
        }
        for (int i = 0; i < 3; i++) {
            events.add(event(run, Instant.now(), BugReport.of(run + "-bug", "tool", Severity.LOW, "version " + i)));
        }
        events.add(event(run, Instant.now(), BugReport.of(run + "-gone", "tool", Severity.LOW, "bug")));
        events.add(event(run, Instant.now(), Deletion.of(EventType.BUG_REPORT, run + "-gone")));
        for (String name : List.of("a", "b", "gone")) {
            events.add(event(
                    run, Instant.now(), Artifact.of(EventType.PATTERN, run + "-" + name, name, "how to " + name)));
        }
        events.add(event(run, Instant.now(), Deletion.of(EventType.PATTERN, run + "-gone")));
        return events;
    }

    /** What is archived when somebody looks after the tables. */
    private static List<Event> old() {
        Instant old = Instant.now().minus(Duration.ofDays(40));
        return Stream.generate(() -> event("old", old, Log.of("old", LogLevel.INFO, "old")))
                .limit(10)
                .toList();
    }

    private static Event event(String run, Instant time, EventData data) {
        return Event.of(EventIds.next(), "urn:dise:test", time, data).withRunId(run);
    }

    /** Offsets that no record has, as compaction and transactions leave them. */
    private static void makeHole(Topic topic) {
        Map<String, Object> settings = line().clients().common();
        settings.put("transactional.id", "hole-" + topic);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var unused = producer.send(new ProducerRecord<>(
                        topic.topicName(), partition, new byte[] {1}, "aborted".getBytes(StandardCharsets.UTF_8)));
            }
            producer.flush();
            producer.abortTransaction();
        }
    }

    /** As retention does, but now. */
    private static void loseBeginnings() throws Exception {
        Map<TopicPartition, RecordsToDelete> beginnings =
                new TreeMap<>((a, b) -> (a.topic() + a.partition()).compareTo(b.topic() + b.partition()));
        for (Topic topic : List.of(Topic.EVENTS, Topic.BULK)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                beginnings.put(
                        new TopicPartition(topic.topicName(), partition), RecordsToDelete.beforeOffset(3 + partition));
            }
        }
        try (Admin admin = new KafkaClients(line().config().kafka()).admin()) {
            admin.deleteRecords(beginnings).all().get();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static WholeLine line() {
        return Objects.requireNonNull(source);
    }
}
