package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that nobody expects, through the model in this process: each is embedded whole, or refused with its reason. */
class HostileTextsIT {
    private static final EmbeddingModel MODEL = Embedders.from(Embedding.inProcess(RagConfig.Provider.ONNX));

    private final EventDeliveries deliveries = new EventDeliveries(new Partition("dise.rag", 0));

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\t\r", "\u200b\u200b\u200d", "\u00a0\u2003", "\ufeff"})
    void whatShowsNothingIsRefused(String text) throws Exception {
        VectorRecords vectors = new VectorRecords(MODEL);
        assertThat(vectors.of(List.of(artifact(text)))).isEmpty();
        assertThat(vectors.refusals().accepted())
                .extracting(rejection -> rejection.reason())
                .containsExactly("EMBED_EMPTY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀😀😀",
                "👩‍👩‍👧‍👦",
                "مرحبا بالعالم",
                "\u202eright to left\u202c",
                "文字列を処理する関数",
                "e\u0301\u0301\u0301\u0301",
                "a\u200bb\u200bc",
                "{}[]<>!?",
                "\ud83d"
            })
    void whatShowsAnythingIsOneSoundPoint(String text) throws Exception {
        VectorRecords vectors = new VectorRecords(MODEL);
        assertThat(vectors.of(List.of(artifact(text))))
                .singleElement()
                .satisfies(change -> assertThat(PointVectors.isSound(PointVectors.meaning(point(change))))
                        .isTrue());
    }

    @Test
    void aWordWithoutEndAndABookAreChunkedToTheirLastCharacter() throws Exception {
        for (String text : List.of("x".repeat(850_000), "one more word ".repeat(33_334))) {
            VectorRecords vectors = new VectorRecords();
            List<Delivery<PointChange>> changes = vectors.of(List.of(artifact(text)));
            assertThat(changes).hasSizeGreaterThan(400);
            assertThat(point(changes.get(changes.size() - 1))
                            .getPayloadOrThrow("chunk_end")
                            .getIntegerValue())
                    .isGreaterThanOrEqualTo(text.stripTrailing().length());
            assertThat(vectors.refusals().accepted()).isEmpty();
        }
    }

    private Delivery<DecodedEvent> artifact(String text) {
        return deliveries.next(Event.of("urn:dise:test", Artifact.of(EventType.PLAN, "p", " ", text)));
    }

    private static PointStruct point(Delivery<PointChange> change) {
        return ((PointChange.Upsert) change.content()).point();
    }
}
