package dev.dise.runtime.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as it came from its topic; the bytes are shared, not copied, and nobody changes them. */
public final class SourceRecord {
    /** One header; names may repeat. */
    @SuppressWarnings("ArrayRecordComponent") // Kafka's own bytes, shared and never compared
    public record Header(String name, byte @Nullable [] value) {}

    private final Partition partition;
    private final long offset;
    private final Instant appendedAt;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;

    /**
     * Takes a record over.
     *
     * @param appendedAt when the topic got it, by the broker's clock
     */
    public SourceRecord(
            Partition partition,
            long offset,
            Instant appendedAt,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this.partition = partition;
        this.offset = offset;
        this.appendedAt = appendedAt;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }

    public Partition partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** When the topic got it, by the broker's clock; to the millisecond. */
    public Instant appendedAt() {
        return appendedAt;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public List<Header> headers() {
        return headers;
    }

    /** The last header of that name as text, or null. */
    public @Nullable String header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            Header header = headers.get(i);
            byte[] bytes = header.value();
            if (header.name().equals(name) && bytes != null) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Topic, partition and offset, as in {@code dise.bulk-3@1024}; never the content. */
    @Override
    public String toString() {
        return partition.topic() + "-" + partition.number() + "@" + offset;
    }
}
