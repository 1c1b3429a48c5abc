package dev.dise.rag;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.VectorsFactory.vectors;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.PointIds;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PointChangeDecoderTest {
    private static final UUID ID = PointIds.pointId(EventType.PLAN, "p");
    private static final PointStruct POINT =
            PointStruct.newBuilder().setId(id(ID)).setVectors(vectors(1, 2)).build();

    private final PointChangeDecoder decoder = new PointChangeDecoder();

    @Test
    void aPointIsReadBack() {
        assertThat(decoder.decode(record(ID.toString(), POINT.toByteArray())))
                .isEqualTo(new PointChange.Upsert(ID, POINT));
    }

    @Test
    void noValueEndsThePoint() {
        assertThat(decoder.decode(record(ID.toString(), null))).isEqualTo(new PointChange.Delete(ID));
    }

    @Test
    void garbageIsRefusedWithItsReason() {
        refused("has no key", record(null, null));
        refused("has a key that is not a UUID", record("p", null));
        refused("is not a serialized point", record(ID.toString(), new byte[] {(byte) 0xFF}));
        refused("has a point of another id than its key", record(ID.toString(), new byte[0]));
        refused(
                "has a point of another id than its key",
                record(UUID.randomUUID().toString(), POINT.toByteArray()));
    }

    private void refused(String rule, SourceRecord record) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> decoder.decode(record))
                .satisfies(refusal -> assertThat(refusal.explanation()).contains(rule));
    }

    private static SourceRecord record(@Nullable String key, byte @Nullable [] value) {
        byte[] bytes = key == null ? null : key.getBytes(UTF_8);
        return new SourceRecord(new Partition("dise.vectors", 0), 0, Instant.EPOCH, bytes, value, List.of());
    }
}
