package dev.dise.operations.backup;

import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.TopicFacts.PartitionFacts;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes the records of a backup to topics that had none, in order, from where an earlier try was killed; and notes where each
 * record is then.
 */
final class TopicsLoad {
    private final Path folder;
    private final Manifest manifest;
    private final RecordWriter writer;
    private final OffsetMaps maps;
    private final MovedRecords moved;
    private final Passed passed;

    /** Is told of each record that is done. */
    @FunctionalInterface
    interface Passed {
        void one();
    }

    TopicsLoad(Path folder, Manifest manifest, RecordWriter writer, OffsetMaps maps, Passed passed) {
        this.folder = folder;
        this.manifest = manifest;
        this.writer = writer;
        this.maps = maps;
        this.moved = new MovedRecords(maps);
        this.passed = passed;
    }

    /**
     * Writes a topic, whose records may name only topics that were written before, or itself.
     *
     * @param there records that each partition has already, by an earlier try
     */
    void load(TopicFacts topic, Retention retention, Map<TopicPartition, Long> there) throws IOException {
        for (PartitionFacts facts : topic.partitions()) {
            Partition partition = new Partition(topic.name(), facts.number());
            OffsetMap map = maps.begin(partition, facts.begin());
            long had = there.getOrDefault(new TopicPartition(topic.name(), facts.number()), 0L);
            for (BackupFile file : manifest.files(Kind.RECORDS, topic.name(), facts.number())) {
                load(partition, file, retention, map, had);
            }
            writer.flush();
            if (had > map.count()) {
                throw new IllegalStateException(partition.topic() + "-" + partition.number() + " has " + had
                        + " records where the backup has " + map.count()
                        + ": something else has written to it, so empty the line and begin again");
            }
        }
    }

    private void load(Partition partition, BackupFile file, Retention retention, OffsetMap map, long had)
            throws IOException {
        try (FrameReader frames = PackedInput.frames(folder, file)) {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                SourceRecord record = RecordFrame.read(partition, frame);
                Optional<Instant> time = retention.timeOf(record);
                if (time.isPresent()) {
                    long offset = map.add(record.offset());
                    if (offset >= had) {
                        writer.write(moved.of(record), time.get(), offset);
                    }
                }
                passed.one();
            }
        }
    }
}
