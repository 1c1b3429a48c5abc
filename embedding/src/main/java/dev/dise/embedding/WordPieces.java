package dev.dise.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The tokens of texts, as the model was trained with them (WordPiece, lower case). The tokenizer's own limit of 128 tokens,
 * which cuts in silence, is turned off. Thread-safe.
 */
final class WordPieces implements AutoCloseable {
    private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";
    /** What the model takes: positions up to 512, of which the marks of begin and end take two. */
    static final int MOST_TOKENS = 510;

    private final HuggingFaceTokenizer tokenizer;

    private WordPieces(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static WordPieces load() {
        try (InputStream file = OnnxModel.resource(FILE)) {
            return new WordPieces(
                    HuggingFaceTokenizer.newInstance(file, Map.of("padding", "false", "truncation", "false")));
        } catch (IOException e) {
            throw new IllegalStateException("the tokenizer of the model cannot be read", e);
        }
    }

    /** Of each text its pieces, one or more, each of at most 510 tokens between its two marks. */
    List<List<long[]>> of(List<String> texts) {
        return Arrays.stream(tokenizer.batchEncode(texts, true, false))
                .map(WordPieces::pieces)
                .toList();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static List<long[]> pieces(Encoding text) {
        long[] ids = text.getIds();
        if (ids.length <= MOST_TOKENS + 2) {
            return List.of(ids);
        }
        List<long[]> pieces = new ArrayList<>();
        int last = ids.length - 1;
        for (int from = 1; from < last; ) {
            int to = endOfPiece(text, from, last);
            long[] piece = new long[to - from + 2];
            piece[0] = ids[0];
            System.arraycopy(ids, from, piece, 1, to - from);
            piece[piece.length - 1] = ids[last];
            pieces.add(piece);
            from = to;
        }
        return pieces;
    }

    /** No word is cut, unless it alone is longer than a piece. */
    private static int endOfPiece(Encoding text, int from, int last) {
        int most = Math.min(from + MOST_TOKENS, last);
        int to = most;
        long[] words = text.getWordIds();
        while (to > from && to < last && words[to] == words[to - 1]) {
            to--;
        }
        return to > from ? to : most;
    }
}
