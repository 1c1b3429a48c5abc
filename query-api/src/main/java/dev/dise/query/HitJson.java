package dev.dise.query;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A hit as JSON: its score, the artifact, and why it is there: the parts of the score and the chunk that answers best. */
final class HitJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> CHUNK = List.of(ArtifactJson.CHUNK, "chunk_count", "chunk_start", "chunk_end");

    private HitJson() {}

    /**
     * @param whole the payload of the artifact's first chunk
     * @param best the payload of the chunk that answers best
     */
    static ObjectNode of(Relevance relevance, Map<String, Value> whole, Map<String, Value> best) {
        ObjectNode hit = NODES.objectNode();
        hit.put("score", relevance.score());
        hit.put("fit", relevance.fit().wireName());
        ArtifactJson.into(hit, whole);
        ObjectNode why = hit.putObject("why");
        why.put("meaning", relevance.meaning());
        why.put("whole", relevance.whole());
        why.put("words", relevance.words());
        why.put("words_share", relevance.share());
        CHUNK.forEach(key -> why.set(key, ArtifactJson.node(best.getOrDefault(key, Value.getDefaultInstance()))));
        why.set("chunk_text", ArtifactJson.node(best.getOrDefault("content", Value.getDefaultInstance())));
        return hit;
    }
}
