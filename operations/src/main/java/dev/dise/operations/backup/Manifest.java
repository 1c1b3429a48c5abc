package dev.dise.operations.backup;

import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.pg.backup.TablesFacts;
import dev.dise.rag.backup.CollectionFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a backup has. It is written last, so a folder with it is a whole backup.
 *
 * @param format of the files and of this
 * @param id of this backup, which no other has
 * @param postgres null if there was no database
 * @param qdrant null if there was no collection
 * @param places of the groups, each taken before what the group writes to was copied
 */
public record Manifest(
        int format,
        String id,
        Instant startedAt,
        Instant finishedAt,
        @Nullable TablesFacts postgres,
        @Nullable CollectionFacts qdrant,
        List<TopicFacts> topics,
        List<GroupPlace> places,
        List<BackupFile> files) {
    /** The one that this version writes and reads. */
    static final int FORMAT = 1;

    public Manifest {
        topics = List.copyOf(topics);
        places = List.copyOf(places);
        files = List.copyOf(files);
    }

    /** The files of a topic's partition, a table or a collection, in the order in which they were written. */
    List<BackupFile> files(Kind kind, String of, int partition) {
        return files.stream()
                .filter(file -> file.kind() == kind && file.of().equals(of) && file.partition() == partition)
                .toList();
    }

    /** Records, rows or points, by what they are of. */
    public Map<String, Long> counts(Kind kind) {
        Map<String, Long> counts = new TreeMap<>();
        switch (kind) {
            case RECORDS -> topics.forEach(topic -> counts.put(topic.name(), 0L));
            case ROWS -> {
                if (postgres != null) {
                    postgres.tables().forEach(table -> counts.put(table.name(), 0L));
                }
            }
            case POINTS -> {
                if (qdrant != null) {
                    counts.put(qdrant.name(), 0L);
                }
            }
        }
        counts.putAll(files.stream()
                .filter(file -> file.kind() == kind)
                .collect(Collectors.groupingBy(BackupFile::of, Collectors.summingLong(BackupFile::items))));
        return counts;
    }

    /** All of a kind. */
    public long total(Kind kind) {
        return counts(kind).values().stream().mapToLong(Long::longValue).sum();
    }
}
