package dev.dise.operations.backup;

import dev.dise.operations.audit.Deeds;
import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.pg.backup.TablesFacts;
import dev.dise.pg.backup.TablesLoad;
import dev.dise.rag.backup.CollectionFacts;
import dev.dise.rag.backup.PointsLoad;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings a backup into an empty line, whose services do not run; started then, they go on where those of the backup were. One
 * that was killed is begun again with the same backup and goes on.
 */
public final class Restore {
    private final DiseConfig config;
    private final Path folder;
    private final Manifest manifest;
    private final WorkProgress progress;
    private final OffsetMaps maps = new OffsetMaps();
    private long done;
    private long leftOut;

    private Restore(DiseConfig config, Path folder, WorkProgress progress) {
        this.config = config;
        this.folder = folder;
        this.manifest = ManifestFile.read(folder);
        this.progress = progress;
    }

    /**
     * Restores.
     *
     * @param by who wants it; for the audit of the restored line
     * @throws IllegalStateException if the backup is not what was written, the line is not empty or runs, or something does
     *     not answer; the message says what to do. Before the first write nothing is changed.
     */
    public static RestoreReport into(DiseConfig config, Path folder, String by, WorkProgress progress, Clock clock) {
        RestoreReport report = into(config, folder, progress, clock);
        return new Deeds(new KafkaClients(config.kafka()), by, clock)
                .noteDone(
                        "restore",
                        report.backup(),
                        report,
                        restored -> Map.of(
                                "resumed", Boolean.toString(restored.resumed()),
                                "points", Long.toString(restored.points())));
    }

    static RestoreReport into(DiseConfig config, Path folder, WorkProgress progress, Clock clock) {
        try {
            return new Restore(config, folder, progress).run(clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the backup cannot be read: " + e.getMessage(), e);
        }
    }

    private RestoreReport run(Clock clock) throws IOException {
        requireWhole();
        KafkaClients clients = new KafkaClients(config.kafka());
        try (Broker broker = new Broker(clients)) {
            Groups groups = new Groups(broker.admin());
            requireNobody(groups.busy());
            TargetTopics topics = new TargetTopics(broker, config.kafka(), manifest.topics());
            Optional<RestoreMark> begun = RestoreMark.read(broker.admin());
            RestoreMark mark = begun.orElseGet(() -> new RestoreMark(manifest.id(), clock.instant()));
            requireEmpty(begun.isPresent(), mark, topics);
            topics.open();
            mark.write(broker.admin());
            records(clients, topics, mark.startedAt());
            Map<String, Long> rows = rows();
            long points = points();
            groups.set(places());
            topics.close();
            RestoreReport report =
                    new RestoreReport(manifest.id(), begun.isPresent(), counts(topics), leftOut, rows, points);
            requireComplete(report);
            RestoreMark.remove(broker.admin());
            return report;
        }
    }

    private void requireWhole() {
        List<FileCheck> bad = Verification.of(folder, manifest, progress).stream()
                .filter(check -> check.state() != FileCheck.State.GOOD)
                .toList();
        if (!bad.isEmpty()) {
            throw new IllegalStateException("the backup is not what was written: "
                    + bad.get(0).path() + ": "
                    + bad.get(0).detail() + (bad.size() == 1 ? "" : ", and " + (bad.size() - 1) + " other file(s)")
                    + "; nothing was restored");
        }
    }

    private static void requireNobody(List<String> busy) {
        if (!busy.isEmpty()) {
            throw new IllegalStateException("services run here, in the groups " + String.join(", ", busy)
                    + ": stop them, and start them again when the restore is done");
        }
    }

    private void requireEmpty(boolean begun, RestoreMark mark, TargetTopics topics) {
        if (!mark.backup().equals(manifest.id())) {
            throw new IllegalStateException("a restore of another backup was begun here and not finished: finish that"
                    + " one, or empty topics, tables and collection");
        }
        if (begun) {
            return;
        }
        List<String> obstacles = new ArrayList<>(topics.obstacles());
        tables().flatMap(TablesLoad::occupied).ifPresent(obstacles::add);
        CollectionFacts qdrant = manifest.qdrant();
        if (qdrant != null) {
            try (PointsLoad load = new PointsLoad(config.rag().qdrant(), qdrant)) {
                load.occupied().ifPresent(obstacles::add);
            }
        }
        if (!obstacles.isEmpty()) {
            throw new IllegalStateException("a backup is only restored into an empty line of the same shape, but "
                    + String.join("; ", obstacles));
        }
    }

    private Optional<TablesLoad> tables() {
        TablesFacts postgres = manifest.postgres();
        if (postgres == null) {
            return Optional.empty();
        }
        if (!config.database().enabled()) {
            throw new IllegalStateException(
                    "the backup has tables, but database.enabled is false in the config: set it to true");
        }
        return Optional.of(new TablesLoad(config.database(), postgres));
    }

    /** First what names no other topic; the dead letters name all before them, the audit names the dead letters. */
    private void records(KafkaClients clients, TargetTopics topics, Instant startedAt) throws IOException {
        long total = manifest.total(Kind.RECORDS);
        Map<TopicPartition, Long> there = topics.ends();
        try (RecordWriter writer = new RecordWriter(clients)) {
            TopicsLoad load =
                    new TopicsLoad(folder, manifest, writer, maps, () -> progress.at("records", ++done, total));
            for (TopicFacts topic : inOrder()) {
                Retention retention = new Retention(
                        startedAt,
                        topics.retentionMillis(topic.name()),
                        readers(topic.name()),
                        isReadBySomebody(topic.name()));
                load.load(topic, retention, there);
                leftOut += retention.leftOut();
            }
        }
    }

    private List<TopicFacts> inOrder() {
        List<String> last = List.of(Topic.VECTORS.topicName(), Topic.DEAD_LETTERS.topicName(), Topic.AUDIT.topicName());
        return manifest.topics().stream()
                .sorted((a, b) -> Integer.compare(rank(last, a.name()), rank(last, b.name())))
                .toList();
    }

    private static int rank(List<String> last, String topic) {
        return topic.startsWith(last.get(0)) ? 0 : last.indexOf(topic);
    }

    private static boolean isReadBySomebody(String topic) {
        return Stream.of(Topic.DEAD_LETTERS, Topic.AUDIT, Topic.FORGOTTEN)
                .noneMatch(unread -> unread.topicName().equals(topic));
    }

    private List<GroupPlace> readers(String topic) {
        return here().filter(place -> place.topic().equals(topic)).toList();
    }

    private Map<String, Long> rows() {
        long total = manifest.total(Kind.ROWS);
        return tables().map(load -> load.load(
                        table -> manifest.files(Kind.ROWS, table, 0).stream()
                                .<TablesLoad.Source>map(file -> () -> PackedInput.open(folder, file))
                                .toList(),
                        maps,
                        rows -> progress.at("rows", rows, total)))
                .orElse(Map.of());
    }

    private long points() throws IOException {
        CollectionFacts qdrant = manifest.qdrant();
        if (qdrant == null) {
            return 0;
        }
        long total = manifest.total(Kind.POINTS);
        long points = 0;
        try (PointsLoad load = new PointsLoad(config.rag().qdrant(), qdrant)) {
            load.prepare();
            for (BackupFile file : manifest.files(Kind.POINTS, qdrant.name(), 0)) {
                try (FrameReader frames = PackedInput.frames(folder, file)) {
                    for (byte[] point = frames.next(); point != null; point = frames.next()) {
                        load.add(point, maps);
                        progress.at("points", ++points, total);
                    }
                }
            }
            load.flush();
            return load.count();
        }
    }

    /** Where the groups of this backup went on; a generation whose store is not in it begins at the beginning. */
    private Stream<GroupPlace> here() {
        CollectionFacts qdrant = manifest.qdrant();
        TablesFacts postgres = manifest.postgres();
        String writing = qdrant == null ? "" : Groups.WRITE + qdrant.generation();
        Stream<GroupPlace> groups = manifest.places().stream()
                .filter(place ->
                        !place.group().startsWith(Groups.WRITE) || place.group().equals(writing));
        Stream<GroupPlace> tables = postgres == null
                ? Stream.of()
                : postgres.places().stream()
                        .map(place -> new GroupPlace(
                                Groups.POSTGRES + postgres.generation(),
                                place.topic(),
                                place.partition(),
                                place.nextOffset()));
        return Stream.concat(groups, tables);
    }

    private List<GroupPlace> places() {
        return here().filter(place -> maps.knows(new Partition(place.topic(), place.partition())))
                .map(maps::of)
                .toList();
    }

    private static Map<String, Long> counts(TargetTopics topics) {
        Map<String, Long> counts = new TreeMap<>();
        topics.ends().forEach((partition, end) -> counts.merge(partition.topic(), end, Long::sum));
        return counts;
    }

    private void requireComplete(RestoreReport report) {
        long records =
                report.records().values().stream().mapToLong(Long::longValue).sum() + report.leftOut();
        boolean complete = records == manifest.total(Kind.RECORDS)
                && report.rows().equals(manifest.counts(Kind.ROWS))
                && report.points() == manifest.total(Kind.POINTS);
        if (!complete) {
            throw new IllegalStateException("what was restored is not what the backup has: " + records + " records of "
                    + manifest.total(Kind.RECORDS) + ", " + report.points() + " points of "
                    + manifest.total(Kind.POINTS) + ", rows " + report.rows() + " of " + manifest.counts(Kind.ROWS)
                    + "; something else has written meanwhile, so empty the line and begin again");
        }
    }
}
