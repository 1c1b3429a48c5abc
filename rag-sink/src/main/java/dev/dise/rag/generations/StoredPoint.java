package dev.dise.rag.generations;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A point as a collection has it, in the form in which two are compared.
 *
 * @param payload without the name of the model
 * @param vectors by their names
 */
record StoredPoint(String id, Map<String, Value> payload, Map<String, VectorOutput> vectors) {
    private static final String MODEL = "embedding_model";
    /** Of numbers of a vector of unit length: collections may round otherwise, never more than this. */
    private static final float TOLERANCE = 1e-3f;

    static StoredPoint from(RetrievedPoint point) {
        Map<String, Value> payload = new HashMap<>(point.getPayloadMap());
        payload.remove(MODEL);
        String id = point.getId().hasUuid()
                ? point.getId().getUuid()
                : Long.toUnsignedString(point.getId().getNum());
        return new StoredPoint(id, payload, vectors(point.getVectors()));
    }

    /** Whether both say the same; of different models only which vectors there are is compared. */
    boolean isSame(StoredPoint other, boolean isSameModel) {
        return id.equals(other.id)
                && payload.equals(other.payload)
                && vectors.keySet().equals(other.vectors.keySet())
                && (!isSameModel || haveSameVectors(other));
    }

    private boolean haveSameVectors(StoredPoint other) {
        return vectors.entrySet().stream().allMatch(vector -> {
            VectorOutput there = other.vectors.getOrDefault(vector.getKey(), VectorOutput.getDefaultInstance());
            return isSame(vector.getValue(), there);
        });
    }

    private static boolean isSame(VectorOutput one, VectorOutput other) {
        if (one.hasSparse()) {
            return one.getSparse().getIndicesList().equals(other.getSparse().getIndicesList())
                    && areNear(
                            one.getSparse().getValuesList(), other.getSparse().getValuesList());
        }
        return areNear(one.getDense().getDataList(), other.getDense().getDataList());
    }

    private static boolean areNear(List<Float> one, List<Float> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            float largest = Math.max(1, Math.max(Math.abs(one.get(i)), Math.abs(other.get(i))));
            if (!(Math.abs(one.get(i) - other.get(i)) <= TOLERANCE * largest)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, VectorOutput> vectors(VectorsOutput vectors) {
        return vectors.hasVector()
                ? Map.of("", vectors.getVector())
                : Map.copyOf(vectors.getVectors().getVectorsMap());
    }
}
