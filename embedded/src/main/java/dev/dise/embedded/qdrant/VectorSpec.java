package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.List;

/**
 * The vectors a collection holds: today one unnamed dense vector per point.
 *
 * @param fullScanBytes up to this many bytes of vectors are compared one by one, which is exact and then as fast
 */
record VectorSpec(int size, Metric metric, long fullScanBytes) {

    private static final int MAX_SIZE = 65_536;
    /** Qdrant's default, in its unit. */
    private static final long FULL_SCAN_KILOBYTES = 10_000;

    VectorSpec {
        if (size < 1 || size > MAX_SIZE) {
            throw QdrantError.wrongInput("vector size must be from 1 to " + MAX_SIZE + " but is " + size);
        }
    }

    static VectorSpec of(CreateCollection request) {
        if (request.hasSparseVectorsConfig() && request.getSparseVectorsConfig().getMapCount() > 0) {
            throw QdrantError.missing("sparse_vectors_config (sparse vectors)");
        }
        return of(request.getVectorsConfig(), request.getHnswConfig());
    }

    static VectorSpec of(VectorsConfig config, HnswConfigDiff graph) {
        long fullScan = graph.hasFullScanThreshold() ? graph.getFullScanThreshold() : FULL_SCAN_KILOBYTES;
        return switch (config.getConfigCase()) {
            case PARAMS -> of(config.getParams(), fullScan << 10);
            case PARAMS_MAP -> throw QdrantError.missing("vectors_config.params_map (named vectors)");
            case CONFIG_NOT_SET -> throw QdrantError.missing("collections without vectors_config");
        };
    }

    private static VectorSpec of(VectorParams params, long fullScanBytes) {
        if (params.hasMultivectorConfig()) {
            throw QdrantError.missing("multivector_config");
        }
        int size = (int) Math.min(params.getSize(), Integer.MAX_VALUE);
        return new VectorSpec(size, Metric.of(params.getDistance()), fullScanBytes);
    }

    /** Whether comparing that many vectors one by one beats the graph. */
    boolean isFullScan(long points) {
        return points * size * Float.BYTES <= fullScanBytes;
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
