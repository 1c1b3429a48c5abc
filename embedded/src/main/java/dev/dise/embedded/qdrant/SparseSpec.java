package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Points.SparseVector;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sparse vector that the points of a collection may have: a few values at positions of a huge vector, for example the
 * weights of a text's words.
 *
 * @param countsRareness whether a query's values are multiplied by how rare their indices are (the modifier Idf)
 */
record SparseSpec(String name, boolean countsRareness) {

    static SparseSpec of(String name, SparseVectorParams params) {
        return new SparseSpec(name, params.getModifier() == Modifier.Idf);
    }

    /** The index field of the postings, one term per index. */
    String field() {
        return "sparse:" + name;
    }

    /** The index field of the vector as it is answered. */
    String storedField() {
        return "sparse-stored:" + name;
    }

    /** A vector of a point or of a query, checked and in the order of its indices, which are unsigned. */
    static SparseVector read(SparseVector vector) {
        if (vector.getValuesCount() != vector.getIndicesCount()) {
            throw QdrantError.invalid("values: must be the same length as indices");
        }
        Map<Integer, Float> sorted = new TreeMap<>(Integer::compareUnsigned);
        for (int i = 0; i < vector.getIndicesCount(); i++) {
            float value = vector.getValues(i);
            if (!Float.isFinite(value)) {
                throw QdrantError.wrongInput("the sparse vector holds " + value + " at position " + i);
            }
            if (sorted.put(vector.getIndices(i), value) != null) {
                throw QdrantError.invalid("indices: must be unique");
            }
        }
        return SparseVector.newBuilder()
                .addAllIndices(sorted.keySet())
                .addAllValues(sorted.values())
                .build();
    }
}
