package dev.dise.runtime.kafka;

import dev.dise.runtime.sink.Partition;
import java.time.Instant;
import java.util.Map;

/** Where a scan of a topic begins. */
public sealed interface ScanStart {
    /** With the oldest that there is. */
    record Beginning() implements ScanStart {}

    /** With what the topic got then or later, by the broker's clock. */
    record Since(Instant time) implements ScanStart {}

    /** At these offsets; partitions that are not named begin with their oldest. */
    record At(Map<Partition, Long> offsets) implements ScanStart {
        public At {
            offsets = Map.copyOf(offsets);
        }
    }
}
