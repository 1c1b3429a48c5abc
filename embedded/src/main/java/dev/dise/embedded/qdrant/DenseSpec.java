package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.Datatype;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.VectorParams;
import java.util.List;

/**
 * A dense vector that the points of a collection may have.
 *
 * @param name the empty name is the default vector's
 * @param fullScanBytes up to this many bytes of vectors are compared one by one, which is exact and then as fast
 */
record DenseSpec(String name, int size, Metric metric, long fullScanBytes) {

    private static final int MAX_SIZE = 65_536;
    /** Qdrant's default, in its unit. */
    private static final long FULL_SCAN_KILOBYTES = 10_000;

    DenseSpec {
        if (size < 1 || size > MAX_SIZE) {
            throw QdrantError.invalid("size: value " + size + " invalid, must be from 1 to " + MAX_SIZE);
        }
    }

    static DenseSpec of(String name, VectorParams params, HnswConfigDiff graph) {
        if (params.hasMultivectorConfig()) {
            throw QdrantError.missing("multivector_config");
        }
        if (params.getDatatype() != Datatype.Default && params.getDatatype() != Datatype.Float32) {
            throw QdrantError.missing("the datatype " + params.getDatatype());
        }
        int size = (int) Math.min(params.getSize(), Integer.MAX_VALUE);
        return new DenseSpec(
                name, size, Metric.of(params.getDistance()), fullScan(params.getHnswConfig(), graph) << 10);
    }

    private static long fullScan(HnswConfigDiff own, HnswConfigDiff shared) {
        if (own.hasFullScanThreshold()) {
            return own.getFullScanThreshold();
        }
        return shared.hasFullScanThreshold() ? shared.getFullScanThreshold() : FULL_SCAN_KILOBYTES;
    }

    /** The index field of the vector and of the graph over all of them. */
    String field() {
        return name.isEmpty() ? "vector" : "vector:" + name;
    }

    /** Whether comparing that many vectors one by one beats the graph. */
    boolean isFullScan(long points) {
        return points * size * Float.BYTES <= fullScanBytes;
    }

    /** A vector of a point, checked and prepared for comparison. */
    float[] read(List<Float> values) {
        return metric.prepare(check(values));
    }

    /** A vector as it is given, checked. */
    float[] check(List<Float> values) {
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
        return vector;
    }
}
