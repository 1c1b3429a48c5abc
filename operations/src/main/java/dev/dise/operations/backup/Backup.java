package dev.dise.operations.backup;

import dev.dise.operations.audit.Deeds;
import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.pg.backup.Leaf;
import dev.dise.pg.backup.TablesCopy;
import dev.dise.pg.backup.TablesFacts;
import dev.dise.rag.backup.CollectionFacts;
import dev.dise.rag.backup.PointsCopy;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventIds;
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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a backup of a line that goes on meanwhile. What is further down the line is copied first, and of each group the place
 * before that which it writes to: so whatever a store or a topic lacks in the backup, the topic before it has in front of
 * the group's place, and a restored line brings it there.
 */
public final class Backup {
    private static final long FILE_BYTES = 256L * 1024 * 1024;
    private static final Pattern VECTORS = Pattern.compile("dise\\.vectors(-g\\d+)?");

    private final DiseConfig config;
    private final KafkaClients clients;
    private final WorkProgress progress;
    private final long fileBytes;
    private long done;

    private Backup(DiseConfig config, WorkProgress progress, long fileBytes) {
        this.config = config;
        this.clients = new KafkaClients(config.kafka());
        this.progress = progress;
        this.fileBytes = fileBytes;
    }

    /**
     * Takes it.
     *
     * @param folder new or empty
     * @param by who wants it; for the audit of the line that goes on
     * @return what is in the folder then
     * @throws IllegalStateException if the folder is not empty, or something does not answer; the folder has no manifest
     *     then and is no backup
     */
    public static Manifest take(DiseConfig config, Path folder, String by, WorkProgress progress, Clock clock) {
        Manifest manifest = take(config, folder, progress, clock, FILE_BYTES);
        return new Deeds(new KafkaClients(config.kafka()), by, clock)
                .noteDone(
                        "backup",
                        folder.toString(),
                        manifest,
                        taken -> Map.of(
                                "id", taken.id(),
                                "records", Long.toString(taken.total(Kind.RECORDS)),
                                "rows", Long.toString(taken.total(Kind.ROWS)),
                                "points", Long.toString(taken.total(Kind.POINTS))));
    }

    static Manifest take(DiseConfig config, Path folder, WorkProgress progress, Clock clock, long fileBytes) {
        try {
            return new Backup(config, progress, fileBytes).take(folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the backup cannot be written: " + e.getMessage(), e);
        }
    }

    private Manifest take(Path path, Clock clock) throws IOException {
        Instant started = clock.instant();
        try (Broker broker = new Broker(clients)) {
            Set<String> there = broker.topics();
            if (!there.contains(Topic.EVENTS.topicName())) {
                throw new IllegalStateException("there is no topic " + Topic.EVENTS.topicName() + " at "
                        + config.kafka().bootstrapServers() + ", so there is no line to back up");
            }
            BackupFolder folder = BackupFolder.create(path);
            Groups groups = new Groups(broker.admin());
            TablesFacts postgres = config.database().enabled() ? tables(folder) : null;
            List<GroupPlace> places = new ArrayList<>(groups.places(Groups.WRITE));
            CollectionFacts qdrant = points(folder);
            List<TopicFacts> topics = topics(broker, folder, groups, places);
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    EventIds.next(),
                    started,
                    clock.instant(),
                    postgres,
                    qdrant,
                    topics,
                    places,
                    folder.files());
            ManifestFile.write(folder, manifest);
            return manifest;
        }
    }

    private @Nullable TablesFacts tables(BackupFolder folder) throws IOException {
        Optional<TablesCopy> opened = TablesCopy.open(config.database());
        if (opened.isEmpty()) {
            return null;
        }
        try (TablesCopy copy = opened.get()) {
            List<Leaf> leaves = copy.leaves();
            long total = leaves.stream().mapToLong(Leaf::expected).sum();
            long rows = 0;
            for (Leaf leaf : leaves) {
                progress.at("rows", rows, Math.max(rows, total));
                try (PackedFile file = folder.begin(Kind.ROWS, leaf.name(), leaf.table(), 0)) {
                    long copied = copy.copy(leaf, file);
                    file.finish(copied);
                    rows += copied;
                }
            }
            progress.at("rows", rows, rows);
            return copy.facts();
        }
    }

    private @Nullable CollectionFacts points(BackupFolder folder) throws IOException {
        Optional<PointsCopy> opened = PointsCopy.open(config.rag().qdrant());
        if (opened.isEmpty()) {
            return null;
        }
        try (PointsCopy copy = opened.get()) {
            long total = copy.count();
            String name = copy.facts().name();
            try (PointFiles files = new PointFiles(folder, name, fileBytes)) {
                copy.copy(point -> progress.at("points", files.write(point), total));
                files.finish();
            }
            return copy.facts();
        }
    }

    /** In this order: of what is written to, the writer's place first; and last what everything is written behind. */
    private List<TopicFacts> topics(Broker broker, BackupFolder folder, Groups groups, List<GroupPlace> places)
            throws IOException {
        Set<String> there = broker.topics();
        List<String> vectors = there.stream()
                .filter(name -> VECTORS.matcher(name).matches())
                .sorted()
                .toList();
        List<String> others = new ArrayList<>();
        for (Topic topic :
                List.of(Topic.BULK, Topic.RAG, Topic.EVENTS, Topic.DEAD_LETTERS, Topic.FORGOTTEN, Topic.AUDIT)) {
            if (there.contains(topic.topicName())) {
                others.add(topic.topicName());
            }
        }
        List<String> all = new ArrayList<>(vectors);
        all.addAll(others);
        long total = sum(broker.ends(all)) - sum(broker.begins(all));
        TopicsCopy copy = new TopicsCopy(clients, broker, folder, fileBytes, more -> {
            done += more;
            progress.at("records", done, Math.max(done, total));
        });
        List<TopicFacts> topics = new ArrayList<>();
        places.addAll(groups.places(Groups.EMBED));
        for (String topic : vectors) {
            topics.add(copy.copy(topic));
        }
        places.addAll(groups.places(Groups.ROUTER));
        for (String topic : others) {
            topics.add(copy.copy(topic));
        }
        return topics;
    }

    private static long sum(Map<?, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
