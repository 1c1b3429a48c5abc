package dev.dise.rag;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qdrant.client.grpc.Points.Vectors;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dise.vectors} holds, on this disk: of each artifact its newest version, of each text its vector. So nothing
 * is embedded twice and nothing older is published. The topic is the truth; this is what was read of it, and may be lost
 * at any time. It grows with the topic, and takes 16 MiB of memory. Used by one thread.
 */
final class PublishedPoints implements AutoCloseable {
    private static final int CACHE_MIB = 16;
    /** A text's key, before its vectors. */
    private static final int KEY_BYTES = 2 * Long.BYTES;

    private final MVStore store;
    private final Map<UUID, byte[]> versions;
    private final Map<UUID, byte[]> vectors;
    private final Map<UUID, UUID> texts;
    private final Map<Integer, Long> places;

    /**
     * The newest of an artifact that was published.
     *
     * @param time of its event
     * @param chunks points of the artifact that may be there: those from this index on are not
     */
    record Version(Instant time, int chunks) {
        static final Version NONE = new Version(EventTime.NONE, 0);
    }

    private PublishedPoints(MVStore store) {
        this.store = store;
        this.versions = map("versions");
        this.vectors = map("vectors");
        this.texts = store.openMap("texts");
        this.places = store.openMap("places");
    }

    /**
     * Opens the file, or makes it. One that is damaged is made anew, since the topic has it all.
     *
     * @throws IllegalStateException if another process has it open
     */
    static PublishedPoints open(Path file) {
        try {
            return new PublishedPoints(builder().fileName(file.toString()).open());
        } catch (MVStoreException e) {
            throw new IllegalStateException(
                    "the file " + file + " of what is embedded already cannot be opened: stop the other process that"
                            + " uses it, or remove it (it is read again from dise.vectors): " + e.getMessage(),
                    e);
        }
    }

    /** In memory alone. */
    static PublishedPoints inMemory() {
        return new PublishedPoints(builder().open());
    }

    private static MVStore.Builder builder() {
        return new MVStore.Builder().cacheSize(CACHE_MIB);
    }

    private Map<UUID, byte[]> map(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<UUID, byte[]>().keyType(new ObjectDataType()).valueType(ByteArrayDataType.INSTANCE));
    }

    Version version(UUID artifact) {
        byte[] bytes = versions.get(artifact);
        if (bytes == null) {
            return Version.NONE;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Version(Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()), buffer.getInt());
    }

    /** The vectors that some point has for this text; null if none has. */
    @Nullable
    Vectors vectors(UUID text) {
        UUID point = texts.get(text);
        byte[] bytes = point == null ? null : vectors.get(point);
        return bytes == null ? null : parse(bytes);
    }

    /** Up to which offset, exclusive, the partition has been read. */
    long place(int partition) {
        return places.getOrDefault(partition, 0L);
    }

    /** Notes a record of the topic. Doing it twice changes nothing; the order of a partition must be kept. */
    void apply(int partition, long offset, VectorRecord record) {
        Version known = version(record.artifact());
        boolean isDeletion = !(record.change() instanceof PointChange.Upsert);
        int chunks =
                isDeletion ? Math.min(known.chunks(), record.chunk()) : Math.max(known.chunks(), record.chunk() + 1);
        Instant time = record.chunk() == 0 ? record.time() : known.time();
        versions.put(record.artifact(), bytes(time, chunks));
        forget(record.change().id());
        if (record.change() instanceof PointChange.Upsert upsert && record.text() != null) {
            remember(upsert.id(), record.text(), upsert.point().getVectors());
        }
        // Last, so that what is on the disk is never behind its place.
        places.put(partition, offset + 1);
    }

    /** The partition has been read up to this offset; there was nothing of use on the way. */
    void skipTo(int partition, long place) {
        places.put(partition, place);
    }

    @Override
    public void close() {
        store.close();
    }

    private void remember(UUID point, UUID text, Vectors made) {
        byte[] bytes = made.toByteArray();
        vectors.put(
                point,
                ByteBuffer.allocate(KEY_BYTES + bytes.length)
                        .putLong(text.getMostSignificantBits())
                        .putLong(text.getLeastSignificantBits())
                        .put(bytes)
                        .array());
        texts.put(text, point);
    }

    private void forget(UUID point) {
        byte[] bytes = vectors.remove(point);
        if (bytes != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            texts.remove(new UUID(buffer.getLong(), buffer.getLong()), point);
        }
    }

    private static Vectors parse(byte[] bytes) {
        try {
            return Vectors.parseFrom(ByteBuffer.wrap(bytes, KEY_BYTES, bytes.length - KEY_BYTES));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the file of what is embedded already is damaged: remove it", e);
        }
    }

    private static byte[] bytes(Instant time, int chunks) {
        return ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .putInt(chunks)
                .array();
    }
}
