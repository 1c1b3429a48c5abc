package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.data.Artifact;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QdrantSinkIT {
    private static QdrantStack qdrant;

    private final EventDeliveries deliveries = new EventDeliveries(new Partition("dise.rag", 0));
    private final RecordingRefusals refusals = new RecordingRefusals();
    private final VectorRecords vectors = new VectorRecords();

    @BeforeAll
    static void startQdrant(@TempDir Path directory) {
        qdrant = QdrantStack.start(directory);
    }

    @AfterAll
    static void stopQdrant() {
        qdrant.close();
    }

    @Test
    void theAliasShowsTheGenerationsCollectionUntilItIsMoved() throws Exception {
        try (QdrantSink first = sink("alias", 1)) {
            first.open();
            first.write(Batch.of(vectors.of(List.of(deliveries.next(plan("a", "one", Instant.EPOCH))))), refusals);
        }
        try (QdrantSink second = sink("alias", 2)) {
            second.open();
        }
        assertThat(names("alias")).containsExactly("one");
        assertThat(names("alias-g2")).isEmpty();
        assertThat(qdrant.client().listAliasesAsync().get())
                .filteredOn(alias -> alias.getAliasName().equals("alias"))
                .extracting(alias -> alias.getCollectionName())
                .containsExactly("alias-g1");
    }

    @Test
    void openingAgainChangesNothing() throws Exception {
        try (QdrantSink sink = sink("twice", 1)) {
            sink.open();
            sink.write(Batch.of(vectors.of(List.of(deliveries.next(plan("a", "one", Instant.EPOCH))))), refusals);
            sink.open();
        }
        assertThat(names("twice")).containsExactly("one");
    }

    @Test
    void vectorsOfAnotherSizeThanTheCollectionsAreRefusedNamingBoth() throws Exception {
        try (QdrantSink sink = sink("sizes", 1)) {
            sink.open();
        }
        try (QdrantSink other = new QdrantSink(qdrant.store("sizes", 1), 768, Failpoints.none())) {
            assertThatIllegalStateException()
                    .isThrownBy(other::open)
                    .withMessageContaining("384")
                    .withMessageContaining("768")
                    .withMessageContaining("./dise rebuild qdrant --model");
        }
    }

    @Test
    void timesAreComparedAsTimesHoweverTheyAreWritten() throws Exception {
        try (QdrantSink sink = sink("times", 1)) {
            sink.open();
            sink.write(Batch.of(List.of(at("new", "2026-01-31T12:00:00.500000Z"))), refusals);
            sink.write(Batch.of(List.of(at("older, written short", "2026-01-31T12:00:00Z"))), refusals);
            sink.write(Batch.of(List.of(at("older, written elsewhere", "2026-01-31T13:00:00+02:00"))), refusals);
            assertThat(names("times")).containsExactly("new");
            sink.write(
                    Batch.of(List.of(
                            at("newest, written elsewhere", "2026-01-31T11:00:01-01:00"),
                            at("older, in one batch", "2026-01-31T12:00:00Z"))),
                    refusals);
            assertThat(names("times")).containsExactly("newest, written elsewhere");
        }
    }

    @Test
    void aPointWithoutATimeIsOlderThanAnyVersion() throws Exception {
        try (QdrantSink sink = sink("timeless", 1)) {
            sink.open();
            Delivery<PointChange> change = at("new", "2026-01-31T12:00:00Z");
            PointChange.Upsert upsert = (PointChange.Upsert) change.content();
            SourceRecord bare =
                    new SourceRecord(new Partition("dise.vectors", 0), 0, Instant.EPOCH, null, null, List.of());
            sink.write(
                    Batch.of(List.of(new Delivery<PointChange>(
                            bare,
                            new PointChange.Upsert(
                                    upsert.id(),
                                    upsert.point().toBuilder().clearPayload().build())))),
                    refusals);
            sink.write(Batch.of(List.of(change)), refusals);
            assertThat(names("timeless")).containsExactly("new");
        }
    }

    @Test
    void aVectorThatIsNoneCostsOneDeadLetterAndNotItsNeighbours() throws Exception {
        List<Delivery<PointChange>> changes = new ArrayList<>(List.of(at("good", "2026-01-31T12:00:00Z")));
        changes.add(supplied("short", 1, 2, 3));
        changes.add(supplied("too long", new float[65_536]));
        changes.add(supplied("zeros", new float[384]));
        changes.add(supplied("no number", filled(Float.NaN)));
        changes.add(supplied("endless", filled(Float.POSITIVE_INFINITY)));
        changes.add(supplied("beyond", filled(Float.MAX_VALUE)));
        try (QdrantSink sink = sink("supplied", 1)) {
            sink.open();
            sink.write(Batch.of(changes), refusals);
        }
        assertThat(names("supplied")).containsExactlyInAnyOrder("good", "beyond");
        assertThat(refusals.accepted())
                .extracting(Rejection::reason)
                .containsExactly("VEC_DIM_MISMATCH", "VEC_DIM_MISMATCH", "VEC_VALUE", "VEC_VALUE", "VEC_VALUE");
    }

    private static float[] filled(float number) {
        float[] vector = new float[384];
        Arrays.fill(vector, number);
        return vector;
    }

    /** A point of something else than the first half. */
    private static Delivery<PointChange> supplied(String name, float... vector) {
        UUID id = PointIds.pointId(EventType.PLAN, name);
        PointStruct point = PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(VectorsFactory.vectors(vector))
                .putPayload("name", ValueFactory.value(name))
                .build();
        SourceRecord record =
                new SourceRecord(new Partition("dise.vectors", 0), 1, Instant.EPOCH, null, null, List.of());
        return new Delivery<>(record, new PointChange.Upsert(id, point));
    }

    @Test
    void pointsThatMostlyDoNotFitEndTheSinkAndMakeNoDeadLetters() throws Exception {
        List<Delivery<PointChange>> changes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UUID id = PointIds.pointId(EventType.PLAN, "p" + i);
            PointStruct point = PointStruct.newBuilder()
                    .setId(PointIdFactory.id(id))
                    .setVectors(VectorsFactory.vectors(1, 2, 3))
                    .build();
            SourceRecord record =
                    new SourceRecord(new Partition("dise.vectors", 0), i, Instant.EPOCH, null, null, List.of());
            changes.add(new Delivery<>(record, new PointChange.Upsert(id, point)));
        }
        try (QdrantSink sink = sink("misfits", 1)) {
            sink.open();
            assertThatIllegalStateException()
                    .isThrownBy(() -> sink.write(Batch.of(changes), refusals))
                    .withMessageContaining("refuses 40 of 40 points");
        }
        assertThat(refusals.accepted()).isEmpty();
    }

    private static QdrantSink sink(String collection, int generation) throws StoreUnavailableException {
        return new QdrantSink(qdrant.store(collection, generation), VectorRecords.MODEL.dimension(), Failpoints.none());
    }

    /** The same artifact with the event time written like this, as another producer may. */
    private Delivery<PointChange> at(String name, String time) throws Exception {
        Instant instant = EnvelopeHeaders.parseTime(time);
        Delivery<PointChange> change = new VectorRecords()
                .of(List.of(deliveries.next(plan("a", name, instant))))
                .get(0);
        List<SourceRecord.Header> headers = new ArrayList<>(change.record().headers());
        headers.replaceAll(header -> header.name().equals(EnvelopeHeaders.TIME)
                ? new SourceRecord.Header(EnvelopeHeaders.TIME, time.getBytes(UTF_8))
                : header);
        SourceRecord record = change.record();
        return new Delivery<>(
                new SourceRecord(
                        record.partition(), record.offset(), Instant.EPOCH, record.key(), record.value(), headers),
                change.content());
    }

    private static List<String> names(String collection) {
        return qdrant.points(collection).stream().map(QdrantSinkIT::name).toList();
    }

    private static String name(RetrievedPoint point) {
        return point.getPayloadOrThrow("name").getStringValue();
    }

    private static Event plan(String id, String name, Instant time) {
        return Event.of(EventIds.next(), "urn:dise:test", time, Artifact.of(EventType.PLAN, id, name, "content"));
    }
}
