package dev.dise.rag.compare;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells what of a point is other than it should be: keys of its payload exactly, vectors by their direction. */
final class PointDifference {
    /** Qdrant makes dense vectors as long as one, and stores 32 bits of a number. */
    private static final double SAME_DIRECTION = 0.9999;

    private static final double SAME_WEIGHT = 1e-4;
    private static final String UNNAMED = "";

    private PointDifference() {}

    /** The names of what differs: keys of the payload, {@code vector}, and {@code vector} with a name; empty if nothing does. */
    static List<String> between(PointStruct expected, RetrievedPoint actual) {
        List<String> differing = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(expected.getPayloadMap().keySet());
        keys.addAll(actual.getPayloadMap().keySet());
        Map<String, Value> there = actual.getPayloadMap();
        keys.stream()
                .filter(key -> !Objects.equals(expected.getPayloadMap().get(key), there.get(key)))
                .forEach(differing::add);
        Map<String, Vector> wanted = vectors(expected);
        Map<String, VectorOutput> stored = vectors(actual);
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(stored.keySet());
        names.stream()
                .filter(name -> !isSame(wanted.get(name), stored.get(name)))
                .map(name -> ("vector " + name).strip())
                .forEach(differing::add);
        return differing;
    }

    private static Map<String, Vector> vectors(PointStruct point) {
        return point.getVectors().hasVector()
                ? Map.of(UNNAMED, point.getVectors().getVector())
                : point.getVectors().getVectors().getVectorsMap();
    }

    private static Map<String, VectorOutput> vectors(RetrievedPoint point) {
        return point.getVectors().hasVector()
                ? Map.of(UNNAMED, point.getVectors().getVector())
                : point.getVectors().getVectors().getVectorsMap();
    }

    private static boolean isSame(@Nullable Vector wanted, @Nullable VectorOutput stored) {
        if (wanted == null || stored == null) {
            return false;
        }
        return wanted.hasSparse()
                ? isSame(wanted.getSparse(), stored.getSparse())
                : isSame(wanted.getDense().getDataList(), stored.getDense().getDataList());
    }

    private static boolean isSame(SparseVector wanted, SparseVector stored) {
        Map<Integer, Float> there = weights(stored);
        Map<Integer, Float> weights = weights(wanted);
        return weights.keySet().equals(there.keySet())
                && weights.entrySet().stream()
                        .allMatch(weight -> Math.abs(weight.getValue() - there.getOrDefault(weight.getKey(), 0f))
                                <= SAME_WEIGHT * Math.max(1, Math.abs(weight.getValue())));
    }

    private static Map<Integer, Float> weights(SparseVector vector) {
        Map<Integer, Float> weights = new HashMap<>();
        for (int i = 0; i < vector.getIndicesCount(); i++) {
            weights.put(vector.getIndices(i), vector.getValues(i));
        }
        return weights;
    }

    private static boolean isSame(List<Float> wanted, List<Float> stored) {
        if (wanted.size() != stored.size()) {
            return false;
        }
        double product = 0;
        double lengthWanted = 0;
        double lengthStored = 0;
        for (int i = 0; i < wanted.size(); i++) {
            product += (double) wanted.get(i) * stored.get(i);
            lengthWanted += (double) wanted.get(i) * wanted.get(i);
            lengthStored += (double) stored.get(i) * stored.get(i);
        }
        return product >= SAME_DIRECTION * Math.sqrt(lengthWanted * lengthStored);
    }
}
