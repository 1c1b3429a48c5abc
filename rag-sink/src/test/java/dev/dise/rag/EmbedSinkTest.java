package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedSinkTest {
    private final EventDeliveries deliveries = new EventDeliveries(new Partition("dise.rag", 0));
    private final VectorRecords vectors = new VectorRecords();

    @Test
    void anArtifactBecomesOnePointWithItsEventsHeaders() throws Exception {
        List<Delivery<PointChange>> changes =
                vectors.of(List.of(delivery(Artifact.of(EventType.PLAN, "p", "a name", "some content"))));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.content()).isInstanceOf(PointChange.Upsert.class);
            assertThat(change.content().id()).isEqualTo(PointIds.pointId(EventType.PLAN, "p"));
            assertThat(change.record().header("ce_type")).isEqualTo("dise.plan.v1");
        });
    }

    @Test
    void aDeletionBecomesATombstoneOfItsTargetsPoint() throws Exception {
        UUID id = PointIds.pointId(EventType.PLAN, "p");
        assertThat(vectors.of(List.of(delivery(Deletion.of(EventType.PLAN, "p")))))
                .extracting(Delivery::content)
                .containsExactly(new PointChange.Delete(id));
        assertThat(vectors.producer().history().get(0).value()).isNull();
    }

    @Test
    void changesKeepTheOrderOfTheirEvents() throws Exception {
        assertThat(vectors.of(List.of(
                        delivery(Artifact.of(EventType.PLAN, "p", "one", "x")),
                        delivery(Deletion.of(EventType.PLAN, "p")),
                        delivery(Artifact.of(EventType.PLAN, "p", "two", "x")))))
                .extracting(change -> change.content().getClass().getSimpleName())
                .containsExactly("Upsert", "Delete", "Upsert");
    }

    @Test
    void whatIsOlderThanThePublishedVersionIsDroppedAndCounted() throws Exception {
        vectors.of(List.of(at(200, Artifact.of(EventType.PLAN, "p", "new", "x"))));
        assertThat(vectors.of(List.of(
                        at(100, Artifact.of(EventType.PLAN, "p", "old", "x")),
                        at(100, Deletion.of(EventType.PLAN, "p")))))
                .isEmpty();
        assertThat(vectors.outdated()).isEqualTo(2);
    }

    @Test
    void anOlderUpdateDoesNotBringBackWhatWasDeleted() throws Exception {
        vectors.of(List.of(at(200, Deletion.of(EventType.PLAN, "p"))));
        assertThat(vectors.of(List.of(at(100, Artifact.of(EventType.PLAN, "p", "old", "x")))))
                .isEmpty();
        assertThat(vectors.of(List.of(at(300, Artifact.of(EventType.PLAN, "p", "new", "x")))))
                .hasSize(1);
    }

    @Test
    void chunksThatTheNewerVersionDoesNotHaveEnd() throws Exception {
        UUID id = PointIds.pointId(EventType.PLAN, "p");
        int before = vectors.of(List.of(at(1, Artifact.of(EventType.PLAN, "p", "n", "many words ".repeat(500)))))
                .size();
        assertThat(before).isGreaterThan(3);
        List<Delivery<PointChange>> changes =
                vectors.of(List.of(at(2, Artifact.of(EventType.PLAN, "p", "n", "few words"))));
        assertThat(changes).hasSize(before);
        assertThat(changes.get(0).content()).isInstanceOf(PointChange.Upsert.class);
        assertThat(changes.subList(1, before))
                .extracting(Delivery::content)
                .containsExactlyElementsOf(IntStream.iterate(before - 1, i -> i > 0, i -> i - 1)
                        .mapToObj(i -> (PointChange) new PointChange.Delete(PointIds.pointId(id, i)))
                        .toList());
        assertThat(vectors.of(List.of(at(3, Artifact.of(EventType.PLAN, "p", "n", "other words")))))
                .hasSize(1);
    }

    @Test
    void theSameTextCostsOneEmbeddingAndItsPayloadIsUpdated() throws Exception {
        vectors.of(List.of(
                at(1, Artifact.of(EventType.PLAN, "a", "name", "x")),
                at(1, Artifact.of(EventType.PLAN, "b", "name", "x"))));
        List<Delivery<PointChange>> again = vectors.of(
                List.of(at(2, Artifact.of(EventType.PLAN, "a", "name", "x").withTags(List.of("tagged")))));
        assertThat(vectors.embeddings("computed")).isEqualTo(1);
        assertThat(vectors.embeddings("reused")).isEqualTo(2);
        assertThat(again)
                .singleElement()
                .satisfies(change -> assertThat(((PointChange.Upsert) change.content())
                                .point()
                                .getPayloadOrThrow("tags")
                                .toString())
                        .contains("tagged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\n "})
    void blankTextIsRefusedAndItsNeighboursAreEmbedded(String blank) throws Exception {
        vectors.of(List.of(
                delivery(Artifact.of(EventType.PLAN, "a", "name", "x")),
                delivery(Artifact.of(EventType.PLAN, "blank", blank, blank)),
                delivery(Artifact.of(EventType.PLAN, "b", "name", "x"))));
        assertThat(vectors.producer().history()).hasSize(2);
        assertThat(vectors.refusals().accepted())
                .extracting(rejection -> rejection.reason() + " " + rejection.record())
                .containsExactly("EMBED_EMPTY dise.rag-0@1");
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, Float.NaN, Float.POSITIVE_INFINITY})
    void aVectorThatIsNoneIsRefusedAndNeverWritten(float figure) throws Exception {
        VectorRecords broken = new VectorRecords(new ConstantModel(figure, 4));
        broken.of(List.of(delivery(Artifact.of(EventType.PLAN, "a", "name", "x"))));
        assertThat(broken.producer().history()).isEmpty();
        assertThat(broken.refusals().accepted())
                .extracting(rejection -> rejection.reason())
                .containsExactly("EMBED_FAILED");
    }

    @Test
    void whileKafkaIsAwayTheBatchWaits() {
        vectors.producer().sendException = new TimeoutException("no broker");
        Batch<DecodedEvent> batch = Batch.of(List.of(delivery(Artifact.of(EventType.PLAN, "p", "n", "x"))));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> vectors.sink().write(batch, vectors.refusals()));
    }

    private Delivery<DecodedEvent> at(int second, EventData data) {
        return deliveries.next(Event.of(EventIds.next(), "urn:dise:test", Instant.ofEpochSecond(second), data));
    }

    private Delivery<DecodedEvent> delivery(EventData data) {
        return deliveries.next(Event.of("urn:dise:test", data));
    }

    /** Gives the same figure everywhere. */
    private record ConstantModel(float figure, int dimension) implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            float[] vector = new float[dimension];
            Arrays.fill(vector, figure);
            return Response.from(
                    segments.stream().map(segment -> Embedding.from(vector)).toList());
        }
    }
}
