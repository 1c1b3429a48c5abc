package dev.dise.operations.backup;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which records a topic would lose again at once, since they are older than what it keeps, and what becomes of them: those
 * that every group has read are left out, the others get the time of the restore, so that they stay until they are read.
 */
final class Retention {
    private final Instant now;
    private final Instant oldest;
    private final Map<Integer, Long> read = new HashMap<>();
    private final boolean isReadBySomebody;
    private long leftOut;

    /**
     * @param now when the restore began
     * @param retentionMillis of the topic; negative if it keeps everything
     * @param places of the groups that read the topic
     * @param isReadBySomebody whether it is a topic that a group has to read
     */
    Retention(Instant now, long retentionMillis, List<GroupPlace> places, boolean isReadBySomebody) {
        this.now = now;
        this.oldest = retentionMillis < 0 ? Instant.EPOCH : now.minus(Duration.ofMillis(retentionMillis));
        this.isReadBySomebody = isReadBySomebody;
        places.forEach(place -> read.merge(place.partition(), place.offset(), Math::min));
    }

    /** The time that the record gets; empty if it is left out. */
    Optional<Instant> timeOf(SourceRecord record) {
        if (!record.appendedAt().isBefore(oldest)) {
            return Optional.of(record.appendedAt().isAfter(now) ? now : record.appendedAt());
        }
        if (isWaited(record.partition(), record.offset())) {
            return Optional.of(now);
        }
        leftOut++;
        return Optional.empty();
    }

    /** How many records were left out. */
    long leftOut() {
        return leftOut;
    }

    private boolean isWaited(Partition partition, long offset) {
        return isReadBySomebody && offset >= read.getOrDefault(partition.number(), 0L);
    }
}
