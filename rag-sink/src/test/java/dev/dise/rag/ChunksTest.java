package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    @Test
    void aShortTextIsOneChunkThatIsAllOfIt() {
        Artifact artifact = artifact("a name", "what it is", "what it says");
        assertThat(Chunks.of(artifact)).containsExactly(new Chunk(0, 1, 0, 30, "a name\nwhat it is\nwhat it says"));
    }

    @Test
    void whatTheArtifactIsIsAChunkForItselfWhereThereIsMore() {
        Artifact artifact = artifact("a name", "what it is", "some more words\n".repeat(200));
        List<Chunk> chunks = Chunks.of(artifact);
        assertThat(chunks.get(0).text()).isEqualTo("a name\nwhat it is");
        assertThat(chunks.get(1).text()).startsWith("a name\nsome more words");
        assertThat(artifact.text().substring(chunks.get(1).start())).startsWith("some more words");
    }

    @Test
    void noTextIsNoChunk() {
        assertThat(Chunks.of(artifact(" ", "", "\n\t"))).isEmpty();
    }

    @Test
    void chunksCoverTheTextShareItsEdgesAndBeginWithTheName() {
        String content = IntStream.range(0, 400)
                .mapToObj(i -> "line number " + i + " says something")
                .collect(Collectors.joining("\n"));
        Artifact artifact = artifact("the name", "", content);
        List<Chunk> chunks = Chunks.of(artifact);
        assertThat(chunks).hasSizeGreaterThan(8);
        for (int i = 1; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertThat(chunk.index()).isEqualTo(i);
            assertThat(chunk.count()).isEqualTo(chunks.size());
            assertThat(chunk.start()).isLessThan(chunks.get(i - 1).end());
            assertThat(chunk.text())
                    .isEqualTo("the name\n"
                            + artifact.text()
                                    .substring(chunk.start(), chunk.end())
                                    .strip());
        }
        assertThat(chunks.get(chunks.size() - 1).end())
                .isEqualTo(artifact.text().length());
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(
                        chunk -> assertThat(artifact.text().charAt(chunk.end())).isEqualTo('\n'));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLeftOutOfAnyText(long seed) {
        Artifact artifact = artifact("", "", randomText(new Random(seed)));
        boolean[] covered = new boolean[artifact.text().length()];
        List<Chunk> chunks = Chunks.of(artifact);
        for (Chunk chunk : chunks) {
            for (int i = chunk.start(); i < chunk.end(); i++) {
                covered[i] = true;
            }
            assertThat(Character.isLowSurrogate(artifact.text().charAt(chunk.start())))
                    .as("seed %d, chunk %s", seed, chunk)
                    .isFalse();
        }
        for (int i = 0; i < covered.length; i++) {
            assertThat(covered[i] || Character.isWhitespace(artifact.text().charAt(i)))
                    .as("seed %d, character %d", seed, i)
                    .isTrue();
        }
        assertThat(Chunks.of(artifact)).isEqualTo(chunks);
    }

    private static String randomText(Random random) {
        List<String> parts = List.of("word", "\n", " ", "x".repeat(700), "文字", "😀", "{\"a\":1}", "0f3a9b", "\t", ".");
        return random.ints(3_000, 0, parts.size()).mapToObj(parts::get).collect(Collectors.joining());
    }

    private static Artifact artifact(String name, String description, String content) {
        return new Artifact(EventType.PLAN, "id", name, description, content);
    }
}
