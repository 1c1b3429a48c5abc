package dev.dise.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelChoiceTest {
    private static final Embedding HERE = new Embedding(
            RagConfig.Provider.OLLAMA, "http://there:1/v1", "bge-m3", 1024, new Secret("key"), Duration.ofSeconds(7));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "onnx, -, -, onnx:all-minilm-l6-v2-q, 384, ''",
                "hash, -, 96, hash:hash-96, 96, ''",
                "ollama, -, -, ollama:nomic-embed-text, 768, http://there:1/v1",
                "ollama:all-minilm, http://x/v1, -, ollama:all-minilm, 384, http://x/v1",
                "openai:text-embedding-3-large, -, -, openai:text-embedding-3-large, 3072, https://api.openai.com/v1",
                "openai:text-embedding-3-large, -, 256, openai:text-embedding-3-large, 256, https://api.openai.com/v1",
                "openai:own:v2, -, 5, openai:own:v2, 5, https://api.openai.com/v1"
            })
    void aPersonsWordIsAModel(
            String text, @Nullable String url, @Nullable Integer dimension, String label, int length, String address) {
        ModelCard card = new ModelChoice(text, url, dimension).card(HERE);
        assertThat(card.label()).isEqualTo(label);
        assertThat(card.dimension()).isEqualTo(length);
        assertThat(card.url()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "cohere | - | is no provider of models; there are onnx, ollama, openai, hash",
                "openai:own | - | name the dimension too",
                "onnx:own | - | it has no name and no address",
                "onnx | 12 | and 384 dimensions"
            })
    void whatIsNoModelIsRefusedWithTheReason(String text, @Nullable Integer dimension, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelChoice(text, null, dimension).card(HERE))
                .withMessageContaining(reason);
    }

    @Test
    void aCollectionKeepsTheCardAndNeverTheKey() {
        ModelCard card = ModelCard.of(HERE);
        assertThat(card.notes().toString()).doesNotContain("key");
        assertThat(ModelCard.isIn(card.notes())).isTrue();
        assertThat(ModelCard.from(card.notes())).isEqualTo(card);
        assertThat(card.config(HERE)).isEqualTo(HERE);
        assertThat(card.isSameModel(new ModelCard(RagConfig.Provider.OLLAMA, "bge-m3", 1024, "http://moved/v1")))
                .isTrue();
    }
}
