package dev.dise.rag;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.schemas.EventType;
import java.util.List;

/** What of an event is embedded: the same texts as the first half has. */
public final class ArtifactTexts {
    private ArtifactTexts() {}

    /** The texts of its chunks; none for a deletion. */
    public static List<String> of(DecodedEvent event) {
        return event.envelope().type() == EventType.DELETION
                ? List.of()
                : Chunks.of(Artifact.from(event)).stream().map(Chunk::text).toList();
    }

    /** How many tokens the text may have, by an estimate that needs no model. */
    public static int estimatedTokens(String text) {
        return Piece.of(text).stream().mapToInt(Piece::tokens).sum();
    }
}
