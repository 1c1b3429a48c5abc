package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.List;

/** The vectors a collection holds: today one unnamed dense vector per point. */
record VectorSpec(int size, Metric metric) {

    private static final int MAX_SIZE = 65_536;

    VectorSpec {
        if (size < 1 || size > MAX_SIZE) {
            throw QdrantError.wrongInput("vector size must be from 1 to " + MAX_SIZE + " but is " + size);
        }
    }

    static VectorSpec of(CreateCollection request) {
        if (request.hasSparseVectorsConfig() && request.getSparseVectorsConfig().getMapCount() > 0) {
            throw QdrantError.missing("sparse_vectors_config (sparse vectors)");
        }
        return of(request.getVectorsConfig());
    }

    static VectorSpec of(VectorsConfig config) {
        return switch (config.getConfigCase()) {
            case PARAMS -> of(config.getParams());
            case PARAMS_MAP -> throw QdrantError.missing("vectors_config.params_map (named vectors)");
            case CONFIG_NOT_SET -> throw QdrantError.missing("collections without vectors_config");
        };
    }

    private static VectorSpec of(VectorParams params) {
        if (params.hasMultivectorConfig()) {
            throw QdrantError.missing("multivector_config");
        }
        return new VectorSpec((int) Math.min(params.getSize(), Integer.MAX_VALUE), Metric.of(params.getDistance()));
    }

    /** The vector of a point that comes in, checked and prepared for comparison. */
    float[] read(Vectors vectors) {
        return switch (vectors.getVectorsOptionsCase()) {
            case VECTOR -> read(vectors.getVector());
            case VECTORS -> throw QdrantError.missing("named vectors");
            case VECTORSOPTIONS_NOT_SET -> throw QdrantError.wrongInput("Expected some vectors");
        };
    }

    private float[] read(Vector vector) {
        return switch (vector.getVectorCase()) {
            case DENSE -> read(vector.getDense().getDataList());
            case SPARSE -> throw QdrantError.missing("sparse vectors");
            case MULTI_DENSE -> throw QdrantError.missing("multi vectors");
            case DOCUMENT, IMAGE, OBJECT -> throw QdrantError.missing("inference");
            case VECTOR_NOT_SET -> throw QdrantError.wrongInput("Expected some vectors, in the field Vector.dense");
        };
    }

    /** A dense vector, of a point or of a query, checked and prepared for comparison. */
    float[] read(List<Float> values) {
        if (values.size() != size) {
            throw QdrantError.wrongDimension(size, values.size());
        }
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = values.get(i);
            if (!Float.isFinite(vector[i])) {
                throw QdrantError.wrongInput("the vector holds " + vector[i] + " at position " + i);
            }
        }
        return metric.prepare(vector);
    }
}
