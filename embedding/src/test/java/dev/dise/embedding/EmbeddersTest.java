package dev.dise.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dise.runtime.config.RagConfig;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddersTest {
    @ParameterizedTest
    @EnumSource(names = {"ONNX", "HASH"})
    void nearTextsHaveNearVectors(RagConfig.Provider provider) {
        EmbeddingModel model = Embedders.from(RagConfig.Embedding.inProcess(provider));
        assertThat(model.dimension()).isEqualTo(384);
        assertThat(similarity(model, "parse a json file", "parse json")).isGreaterThan(0.5);
        assertThat(similarity(model, "parse a json file", "paint the garden fence"))
                .isLessThan(0.4);
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX", "HASH"})
    void vectorsHaveUnitLengthAndAreTheSameInABatch(RagConfig.Provider provider) {
        EmbeddingModel model = Embedders.from(RagConfig.Embedding.inProcess(provider));
        String[] texts = {"one", "two words", "", "🙂", "a long text ".repeat(1000)};
        var batch = model.embedAll(
                        Arrays.stream(texts).map(EmbeddersTest::segment).toList())
                .content();
        for (int i = 0; i < texts.length; i++) {
            double length = 0;
            for (float x : batch.get(i).vector()) {
                length += x * x;
            }
            assertThat(length).isCloseTo(1, within(1e-3));
        }
    }

    private static TextSegment segment(String text) {
        return TextSegment.from(text.isBlank() ? "-" : text);
    }

    private static double similarity(EmbeddingModel model, String a, String b) {
        return CosineSimilarity.between(model.embed(a).content(), model.embed(b).content());
    }
}
