package dev.dise.operations.backup;

import java.util.List;
import java.util.Map;

/**
 * A topic as it was copied.
 *
 * @param settings those that were set for this topic
 */
public record TopicFacts(String name, Map<String, String> settings, List<PartitionFacts> partitions) {
    public TopicFacts {
        settings = Map.copyOf(settings);
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition.
     *
     * @param begin oldest offset that it still had
     * @param end first offset that is not in the backup
     * @param records in the backup; fewer than offsets where compaction or transactions left holes
     */
    public record PartitionFacts(int number, long begin, long end, long records) {}

    /** Over all partitions. */
    public long records() {
        return partitions.stream().mapToLong(PartitionFacts::records).sum();
    }
}
