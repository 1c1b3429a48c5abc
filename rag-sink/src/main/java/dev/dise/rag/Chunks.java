package dev.dise.rag;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an artifact's text into chunks, the same ones everywhere and always. A chunk has some 220 tokens, by an estimate that
 * needs no model; the models at hand take 512 and more, and find short texts better. Of a text with more, name and
 * description are a chunk for themselves, which tells best what the artifact is; neighbours share some 30 tokens, a chunk
 * ends at the end of a line where there is one near, and each begins with the artifact's name, so that it can be understood
 * alone. Nothing is left out.
 */
final class Chunks {
    static final int TOKENS = 220;
    static final int SHARED_TOKENS = 32;
    /** A chunk may be this share shorter for the sake of a whole line. */
    private static final double SHORTEST = 2.0 / 3;

    private static final int LONGEST_NAME = 120;

    private Chunks() {}

    /** One or more; none if there is nothing to be seen in the text. */
    static List<Chunk> of(Artifact artifact) {
        String text = artifact.text();
        List<int[]> spans = spans(artifact, Piece.of(text));
        String name = name(artifact);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            int start = spans.get(i)[0];
            int end = spans.get(i)[1];
            String part = text.substring(start, end).strip();
            chunks.add(new Chunk(i, spans.size(), start, end, i == 0 || name.isEmpty() ? part : name + "\n" + part));
        }
        return chunks;
    }

    private static String name(Artifact artifact) {
        String name = artifact.name().strip();
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    private static List<int[]> spans(Artifact artifact, List<Piece> pieces) {
        int head = artifact.description().isBlank() ? 0 : artifact.headLength();
        int content = 0;
        while (content < pieces.size() && pieces.get(content).start() < head) {
            content++;
        }
        if (content == 0 || content == pieces.size() || tokens(pieces) <= TOKENS) {
            return spans(pieces);
        }
        List<int[]> spans = new ArrayList<>(spans(pieces.subList(0, content)));
        spans.addAll(spans(pieces.subList(content, pieces.size())));
        return spans;
    }

    private static int tokens(List<Piece> pieces) {
        return pieces.stream().mapToInt(Piece::tokens).sum();
    }

    private static List<int[]> spans(List<Piece> pieces) {
        List<int[]> spans = new ArrayList<>();
        int from = 0;
        while (from < pieces.size()) {
            int to = end(pieces, from);
            spans.add(new int[] {pieces.get(from).start(), pieces.get(to - 1).end()});
            from = to == pieces.size() ? to : Math.max(from + 1, back(pieces, to));
        }
        return spans;
    }

    /** The piece behind the last that fits. */
    private static int end(List<Piece> pieces, int from) {
        int tokens = 0;
        int to = from;
        while (to < pieces.size() && (to == from || tokens + pieces.get(to).tokens() <= TOKENS)) {
            tokens += pieces.get(to).tokens();
            to++;
        }
        if (to == pieces.size()) {
            return to;
        }
        int shortest = from + (int) ((to - from) * SHORTEST);
        for (int end = to; end > shortest && end > from; end--) {
            if (pieces.get(end).beginsLine()) {
                return end;
            }
        }
        return to;
    }

    private static int back(List<Piece> pieces, int to) {
        int tokens = 0;
        int from = to;
        while (from > 0 && tokens + pieces.get(from - 1).tokens() <= SHARED_TOKENS) {
            from--;
            tokens += pieces.get(from).tokens();
        }
        return from;
    }
}
