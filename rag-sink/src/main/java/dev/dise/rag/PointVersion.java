package dev.dise.rag;

import dev.dise.runtime.sink.SourceRecord;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A point as a record of the vectors topic wants it, just as the sink writes it.
 *
 * @param time the version: of the event that caused it; the least there is if it has none
 * @param isEnd whether it is the marker of a point that is no more
 */
public record PointVersion(UUID id, Instant time, boolean isEnd, PointStruct point) {
    private static final PointChangeDecoder DECODER = new PointChangeDecoder();

    /**
     * Reads a record.
     *
     * @throws dev.dise.schemas.InvalidEventException if it is no change of a point
     */
    public static PointVersion from(SourceRecord record) {
        return switch (DECODER.decode(record)) {
            case PointChange.Upsert upsert ->
                new PointVersion(upsert.id(), EventTime.of(record), false, upsert.point());
            case PointChange.Delete delete -> end(delete.id(), EventTime.of(record));
            case PointChange.Forget forget -> end(forget.id(), forget.until());
        };
    }

    private static PointVersion end(UUID id, Instant time) {
        return new PointVersion(id, time, true, PointVersions.end(id, time));
    }

    /** Whether the sink takes it into a collection of that dimension. */
    public boolean fits(int dimension) {
        float[] meaning = PointVectors.meaning(point);
        return isEnd || (meaning.length == dimension && PointVectors.isSound(meaning));
    }

    /** Which points may be replaced by these: none that is newer. */
    public static Filter replaceable(Collection<PointVersion> versions) {
        return PointVersions.replaceable(
                versions.stream().collect(Collectors.toMap(PointVersion::id, PointVersion::time)));
    }
}
