package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The vectors of one point by name, as they are stored: prepared by their metric, or in the order of their indices. The
 * arrays are never changed.
 */
record PointVectors(Map<String, float[]> dense, Map<String, SparseVector> sparse) {

    static final PointVectors NONE = new PointVectors(Map.of(), Map.of());

    PointVectors {
        dense = Map.copyOf(dense);
        sparse = Map.copyOf(sparse);
    }

    /** These vectors, with the newer ones in place of those of the same name. */
    PointVectors with(PointVectors newer) {
        Map<String, float[]> newDense = new HashMap<>(dense);
        newDense.putAll(newer.dense);
        Map<String, SparseVector> newSparse = new HashMap<>(sparse);
        newSparse.putAll(newer.sparse);
        return new PointVectors(newDense, newSparse);
    }

    PointVectors without(Collection<String> names) {
        Map<String, float[]> newDense = new HashMap<>(dense);
        newDense.keySet().removeAll(names);
        Map<String, SparseVector> newSparse = new HashMap<>(sparse);
        newSparse.keySet().removeAll(names);
        return new PointVectors(newDense, newSparse);
    }

    /** As Qdrant answers them: unnamed if there is the default vector only, else as a map. */
    VectorsOutput output() {
        float[] only = sparse.isEmpty() && dense.size() == 1 ? dense.get(VectorSchema.DEFAULT) : null;
        if (only != null) {
            return VectorsOutput.newBuilder().setVector(output(only)).build();
        }
        NamedVectorsOutput.Builder named = NamedVectorsOutput.newBuilder();
        dense.forEach((name, vector) -> named.putVectors(name, output(vector)));
        sparse.forEach((name, vector) -> named.putVectors(
                name, VectorOutput.newBuilder().setSparse(vector).build()));
        return VectorsOutput.newBuilder().setVectors(named).build();
    }

    private static VectorOutput output(float[] vector) {
        DenseVector.Builder values = DenseVector.newBuilder();
        for (float value : vector) {
            values.addData(value);
        }
        return VectorOutput.newBuilder().setDense(values).build();
    }
}
