package dev.dise.operations.backup;

import dev.dise.runtime.kafka.MovedOffsets;
import dev.dise.runtime.sink.Partition;
import java.util.Map;
import java.util.TreeMap;

/** Where the records of all partitions are; those of topics that are not in the backup are where they were. */
final class OffsetMaps implements MovedOffsets {
    private final Map<Partition, OffsetMap> maps = new TreeMap<>();

    OffsetMap begin(Partition partition, long begin) {
        OffsetMap map = new OffsetMap(begin);
        maps.put(partition, map);
        return map;
    }

    boolean knows(Partition partition) {
        return maps.containsKey(partition);
    }

    @Override
    public long of(Partition partition, long offset) {
        OffsetMap map = maps.get(partition);
        return map == null ? offset : map.of(offset);
    }

    /** Where a group goes on that went on here. */
    GroupPlace of(GroupPlace place) {
        long there = of(new Partition(place.topic(), place.partition()), place.offset());
        return new GroupPlace(place.group(), place.topic(), place.partition(), Math.max(0, there));
    }
}
