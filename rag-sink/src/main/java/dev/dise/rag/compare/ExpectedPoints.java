package dev.dise.rag.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/**
 * What a collection should hold, and what is known of what it holds, in a temporary file that is removed at the end; it takes
 * 16 MiB of memory however large it is. Used by one thread.
 */
final class ExpectedPoints implements AutoCloseable {
    private static final int CACHE_MIB = 16;

    private final Path file;
    private final MVStore store;
    private final MVMap<UUID, byte[]> expected;
    private final MVMap<UUID, String> seen;
    private final MVMap<UUID, String> suspects;
    private final MVMap<UUID, String> verdicts;
    private final MVMap<String, String> refused;

    private ExpectedPoints(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        this.expected = store.openMap(
                "expected",
                new MVMap.Builder<UUID, byte[]>().keyType(new ObjectDataType()).valueType(ByteArrayDataType.INSTANCE));
        this.seen = store.openMap("seen");
        this.suspects = store.openMap("suspects");
        this.verdicts = store.openMap("verdicts");
        this.refused = store.openMap("refused");
    }

    static ExpectedPoints open() {
        try {
            Path file = Files.createTempFile("dise-verify", ".mv");
            file.toFile().deleteOnExit();
            return new ExpectedPoints(
                    file,
                    new MVStore.Builder()
                            .fileName(file.toString())
                            .cacheSize(CACHE_MIB)
                            .open());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary file", e);
        }
    }

    /** Notes a version; the order of a partition must be kept. */
    void apply(ExpectedPoint point) {
        UUID id = point.version().id();
        ExpectedPoint known = get(id);
        if (known == null || known.isReplacedBy(point)) {
            expected.put(id, point.bytes());
        }
    }

    @Nullable
    ExpectedPoint get(UUID id) {
        byte[] bytes = expected.get(id);
        return bytes == null ? null : ExpectedPoint.parse(id, bytes);
    }

    void refuse(int partition, long offset) {
        refused.put(partition + "@" + offset, "");
    }

    boolean isRefused(ExpectedPoint point) {
        return refused.containsKey(point.partition() + "@" + point.offset());
    }

    /** The point is in the collection. */
    void see(UUID id) {
        seen.put(id, "");
    }

    /** Something seems to be wrong with the point. */
    void suspect(UUID id) {
        suspects.put(id, "");
    }

    void clear(UUID id) {
        suspects.remove(id);
        verdicts.remove(id);
    }

    /** Suspects every point that should be there and was not seen. */
    void suspectUnseen() {
        expected.keyIterator(null).forEachRemaining(id -> {
            if (!seen.containsKey(id)) {
                suspect(id);
            }
        });
    }

    void suspectAll() {
        expected.keyIterator(null).forEachRemaining(this::suspect);
    }

    /** Suspects again what there is a verdict about. */
    void suspectFound() {
        verdicts.keyIterator(null).forEachRemaining(this::suspect);
    }

    long suspects() {
        return suspects.sizeAsLong();
    }

    /** The next suspects behind one, in order; from the first on if it is null. */
    List<UUID> suspectsBehind(@Nullable UUID last, int most) {
        return keysBehind(suspects, last, most);
    }

    void judge(UUID id, Verdict verdict) {
        verdicts.put(id, verdict.text());
    }

    /** The verdict stands. */
    void accept(UUID id) {
        suspects.remove(id);
    }

    /** There is no verdict yet. */
    void withdraw(UUID id) {
        verdicts.remove(id);
    }

    Verdict verdict(UUID id) {
        return Verdict.parse(Objects.requireNonNull(verdicts.get(id)));
    }

    List<UUID> judgedBehind(@Nullable UUID last, int most) {
        return keysBehind(verdicts, last, most);
    }

    @Override
    public void close() {
        store.closeImmediately();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary file " + file, e);
        }
    }

    private static List<UUID> keysBehind(MVMap<UUID, String> map, @Nullable UUID last, int most) {
        UUID first = last == null ? map.firstKey() : map.higherKey(last);
        List<UUID> keys = new ArrayList<>();
        if (first != null) {
            Iterator<UUID> all = map.keyIterator(first);
            while (all.hasNext() && keys.size() < most) {
                keys.add(all.next());
            }
        }
        return keys;
    }
}
