package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that embeds does wrong, and what becomes of it. */
class EmbedderFailuresIT {
    private FakeProvider provider;
    private SimpleMeterRegistry meters;
    private TextVectors vectors;

    @BeforeEach
    void start() throws IOException {
        provider = FakeProvider.start();
        meters = new SimpleMeterRegistry();
        vectors = new TextVectors(Embedders.from(provider.config()), PublishedPoints.inMemory(), meters);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aServerThatCannotNowIsWaitedFor(int status) throws Exception {
        provider.next(FakeProvider.status(status));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> vectors.of(List.of("a")))
                .withMessageContaining(Integer.toString(status));
        assertThat(vectors.of(List.of("a"))).containsOnlyKeys("a");
    }

    @Test
    void aServerThatSaysHowLongIsLeftAloneSoLong() {
        provider.next(FakeProvider.tooMany(7));
        StoreUnavailableException e =
                catchThrowableOfType(StoreUnavailableException.class, () -> vectors.of(List.of("a")));
        assertThat(e.leastWait()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aServerThatHangsOrIsGoneIsWaitedFor() {
        provider.next(FakeProvider.hanging(Duration.ofSeconds(3)));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> vectors.of(List.of("a")));
        provider.close();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> vectors.of(List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"data\":[]}"})
    void anAnswerWithoutVectorsIsAskedForAgain(String body) throws Exception {
        provider.next(FakeProvider.body(body));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> vectors.of(List.of("a")));
        assertThat(vectors.of(List.of("a"))).containsOnlyKeys("a");
    }

    @Test
    void tooFewVectorsAreNobodys() throws Exception {
        provider.next(FakeProvider.vectors(1, FakeProvider.DIMENSION));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> vectors.of(List.of("a", "b")))
                .withMessageContaining("1 vectors for 2 texts");
        assertThat(vectors.of(List.of("a", "b"))).containsOnlyKeys("a", "b");
    }

    @Test
    void vectorsOfAnotherSizeEndTheSink() {
        provider.next(FakeProvider.vectors(1, 5));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> vectors.of(List.of("a")))
                .withMessageContainingAll("5 dimensions", "rag.embedding.dimension");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aWrongSetUpEndsTheSinkAndDoesNotTellTheKey(int status) {
        provider.next(FakeProvider.status(status));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> vectors.of(List.of("a")))
                .withMessageContaining("rag.embedding.")
                .satisfies(e -> assertThat(e).hasStackTraceContaining("HTTP status " + status))
                .satisfies(e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                        .doesNotContain(FakeProvider.KEY));
    }

    @Test
    void aTextThatIsRefusedCostsItself() throws Exception {
        List<String> texts = IntStream.range(0, 8).mapToObj(i -> "text " + i).toList();
        for (int i = 0; i < 10; i++) {
            provider.next(FakeProvider.refusing("text 5"));
        }
        assertThat(vectors.of(texts)).hasSize(7).doesNotContainKey("text 5");
    }

    @Test
    void onlyWhatFailedIsSentAgain() throws Exception {
        List<String> texts = IntStream.range(0, 80).mapToObj(i -> "text " + i).toList();
        provider.next(FakeProvider.vectors(32, FakeProvider.DIMENSION), FakeProvider.status(503));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> vectors.of(texts));
        assertThat(vectors.of(texts)).hasSize(80);
        assertThat(provider.calls()).extracting(List::size).containsExactly(32, 32, 32, 16);
        assertThat(provider.calls().get(2)).startsWith("text 32");
    }

    @Test
    void equalTextsCostOneEmbedding() throws Exception {
        vectors.of(List.of("a", "b", "a", "a"));
        vectors.of(List.of("b", "c"));
        assertThat(provider.calls()).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(count("computed")).isEqualTo(3);
        assertThat(count("reused")).isEqualTo(3);
    }

    private double count(String outcome) {
        return meters.counter("dise.embeddings", "outcome", outcome).count();
    }
}
