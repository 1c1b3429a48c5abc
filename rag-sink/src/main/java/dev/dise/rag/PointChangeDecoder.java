package dev.dise.rag;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.dise.runtime.sink.Decoder;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.Violation;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a record of {@code dise.vectors}: the key is the point's id, the value a serialized point, null ends it. */
final class PointChangeDecoder implements Decoder<PointChange> {
    /** The header of an end that leaves no trace: the newest event time that is meant. */
    static final String FORGOTTEN = "dise_forgotten";

    @Override
    public PointChange decode(SourceRecord record) {
        UUID id = id(record);
        byte[] value = record.value();
        if (value == null) {
            return end(id, record.header(FORGOTTEN));
        }
        try {
            PointStruct point = PointStruct.parseFrom(value);
            if (!point.getId().getUuid().equals(id.toString())) {
                throw refused("has a point of another id than its key");
            }
            return new PointChange.Upsert(id, point);
        } catch (InvalidProtocolBufferException e) {
            throw refused("is not a serialized point");
        }
    }

    private static PointChange end(UUID id, @Nullable String forgotten) {
        return forgotten == null
                ? new PointChange.Delete(id)
                : new PointChange.Forget(id, EventTime.within(EnvelopeHeaders.parseTime(forgotten)));
    }

    private static UUID id(SourceRecord record) {
        byte[] key = record.key();
        if (key == null) {
            throw refused("has no key");
        }
        try {
            return UUID.fromString(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw refused("has a key that is not a UUID");
        }
    }

    static InvalidEventException refused(String rule) {
        return new InvalidEventException(Reason.MALFORMED, List.of(new Violation("", rule, null)));
    }
}
