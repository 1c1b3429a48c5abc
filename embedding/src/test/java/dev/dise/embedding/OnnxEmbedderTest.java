package dev.dise.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxEmbedderTest {
    private static final List<String> WORDS =
            List.of("tool", "retry", "error", "json", "parses", "the", "of", "model", "E-4711", "naïve", "工具", "🙂");

    private static OnnxEmbedder embedder;

    @BeforeAll
    static void load() {
        embedder = OnnxEmbedder.load();
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void itsVectorsAreThoseOfLangChain4j() {
        EmbeddingModel peer = new AllMiniLmL6V2QuantizedEmbeddingModel();
        assertThat(embedder.dimension()).isEqualTo(peer.dimension());

        List<TextSegment> texts = texts(40, 60);
        List<Embedding> expected = peer.embedAll(texts).content();
        List<Embedding> actual = embedder.embedAll(texts).content();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(CosineSimilarity.between(expected.get(i), actual.get(i)))
                    .as(texts.get(i).text())
                    .isCloseTo(1, within(1e-3));
        }
    }

    @Test
    void everyPartOfALongTextCounts() {
        String start = "parse json ".repeat(600);
        Embedding whole = embedder.embed(start + "paint the garden fence").content();
        assertThat(CosineSimilarity.between(whole, embedder.embed(start).content()))
                .isLessThan(0.9999);
    }

    @Test
    void aTextOfOneEndlessWordHasAVector() {
        assertThat(embedder.embed("x".repeat(100_000)).content().vector()).doesNotContain(Float.NaN);
    }

    @Test
    void aTextHasItsVectorWhateverItsNeighbours() {
        List<TextSegment> texts = texts(20, 80);
        List<Embedding> together = embedder.embedAll(texts).content();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(CosineSimilarity.between(
                            together.get(i), embedder.embed(texts.get(i)).content()))
                    .isCloseTo(1, within(1e-6));
        }
    }

    private static List<TextSegment> texts(int count, int words) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> TextSegment.from(String.join(
                        " ",
                        random.ints(1 + random.nextInt(words), 0, WORDS.size())
                                .mapToObj(WORDS::get)
                                .toList())))
                .toList();
    }
}
