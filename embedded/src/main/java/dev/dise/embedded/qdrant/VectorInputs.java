package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the vectors of points that come in, and refuses what the collection has no place for. */
final class VectorInputs {

    private final VectorSchema schema;
    private final Map<String, float[]> dense = new HashMap<>();
    private final Map<String, SparseVector> sparse = new HashMap<>();

    private VectorInputs(VectorSchema schema) {
        this.schema = schema;
    }

    static PointVectors read(Vectors vectors, VectorSchema schema) {
        VectorInputs inputs = new VectorInputs(schema);
        switch (vectors.getVectorsOptionsCase()) {
            case VECTOR -> inputs.add(VectorSchema.DEFAULT, vectors.getVector());
            case VECTORS -> vectors.getVectors().getVectorsMap().forEach(inputs::add);
            case VECTORSOPTIONS_NOT_SET -> throw QdrantError.badArgument("No Vector Provided");
        }
        return new PointVectors(inputs.dense, inputs.sparse);
    }

    private void add(String name, Vector vector) {
        switch (vector.getVectorCase()) {
            case DENSE -> addDense(name, vector.getDense().getDataList());
            case SPARSE -> addSparse(name, vector.getSparse());
            case MULTI_DENSE -> throw QdrantError.missing("multi vectors");
            case DOCUMENT, IMAGE, OBJECT -> throw QdrantError.missing("inference");
            case VECTOR_NOT_SET -> addFormerShape(name, vector);
        }
    }

    /** Clients before 1.16 put the numbers beside the choice of kinds. */
    @SuppressWarnings("deprecation") // deprecated for senders; a server still reads it
    private void addFormerShape(String name, Vector vector) {
        if (vector.hasVectorsCount()) {
            throw QdrantError.missing("multi vectors");
        }
        if (!vector.hasIndices()) {
            addDense(name, vector.getDataList());
            return;
        }
        addSparse(
                name,
                SparseVector.newBuilder()
                        .addAllIndices(vector.getIndices().getDataList())
                        .addAllValues(vector.getDataList())
                        .build());
    }

    private void addDense(String name, List<Float> values) {
        dense.put(name, schema.requireDense(name).read(values));
    }

    private void addSparse(String name, SparseVector vector) {
        sparse.put(schema.requireSparse(name).name(), SparseSpec.read(vector));
    }
}
