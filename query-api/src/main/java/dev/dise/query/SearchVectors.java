package dev.dise.query;

import dev.dise.embedding.WordVector;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;

/**
 * What is looked for, as both vectors that chunks have.
 *
 * @param meaning its dense vector
 * @param words its sparse one; may be empty
 */
record SearchVectors(List<Float> meaning, WordVector words) {
    static SearchVectors of(String text, EmbeddingModel model) throws StoreUnavailableException {
        try {
            return new SearchVectors(model.embed(text).content().vectorAsList(), WordVector.ofQuestion(text));
        } catch (RuntimeException e) {
            // A model may be a server elsewhere, and says nothing of why in a common type: it may work later.
            throw new StoreUnavailableException("the embedding model does not answer", e);
        }
    }

    int wordCount() {
        return words.indices().size();
    }
}
