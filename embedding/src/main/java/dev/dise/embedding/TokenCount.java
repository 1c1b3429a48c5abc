package dev.dise.embedding;

import java.util.List;

/** Counts the tokens of texts as the model in this process does. Thread-safe. */
public final class TokenCount implements AutoCloseable {
    private final WordPieces pieces = WordPieces.load();

    /** With the marks of begin and end. */
    public long of(List<String> texts) {
        return pieces.of(texts).stream()
                .flatMap(List::stream)
                .mapToLong(piece -> piece.length)
                .sum();
    }

    @Override
    public void close() {
        pieces.close();
    }
}
