package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Map;
import org.apache.lucene.util.BytesRef;

/**
 * A point as it is kept.
 *
 * @param vector as prepared by the collection's metric; never changed
 * @param version the number of the operation that wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by key only; a list would box each number
record StoredPoint(PointId id, Map<String, Value> payload, float[] vector, long version) {

    BytesRef key() {
        return PointKey.of(id);
    }

    StoredPoint withPayload(Map<String, Value> newPayload) {
        return new StoredPoint(id, newPayload, vector, version);
    }

    VectorsOutput vectors() {
        DenseVector.Builder dense = DenseVector.newBuilder();
        for (float value : vector) {
            dense.addData(value);
        }
        return VectorsOutput.newBuilder()
                .setVector(VectorOutput.newBuilder().setDense(dense))
                .build();
    }
}
