package dev.dise.rag.backup;

import dev.dise.runtime.kafka.MovedOffsets;
import dev.dise.runtime.sink.Partition;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Map;
import java.util.TreeMap;

/** Between a point as Qdrant answers it and as it is written. */
final class PointForm {
    private static final String TOPIC = "source_topic";
    private static final String PARTITION = "source_partition";
    private static final String OFFSET = "source_offset";
    /** The vector without a name, where it is one of several. */
    private static final String DEFAULT = "";

    private PointForm() {}

    static PointStruct written(RetrievedPoint point) {
        return PointStruct.newBuilder()
                .setId(point.getId())
                .setVectors(vectors(point.getVectors()))
                .putAllPayload(new TreeMap<>(point.getPayloadMap()))
                .build();
    }

    /** The same point, from the offset that its record has where it goes. */
    static PointStruct moved(PointStruct point, MovedOffsets moved) {
        Map<String, Value> payload = point.getPayloadMap();
        Value topic = payload.get(TOPIC);
        Value partition = payload.get(PARTITION);
        Value offset = payload.get(OFFSET);
        if (topic == null || partition == null || offset == null) {
            return point;
        }
        Partition from = new Partition(topic.getStringValue(), (int) partition.getIntegerValue());
        long there = moved.of(from, offset.getIntegerValue());
        return there == offset.getIntegerValue()
                ? point
                : point.toBuilder()
                        .putPayload(
                                OFFSET,
                                Value.newBuilder().setIntegerValue(there).build())
                        .build();
    }

    private static Vectors vectors(VectorsOutput output) {
        Map<String, Vector> vectors = new TreeMap<>();
        if (output.hasVector()) {
            vectors.put(DEFAULT, vector(output.getVector()));
        }
        output.getVectors().getVectorsMap().forEach((name, vector) -> vectors.put(name, vector(vector)));
        return VectorsFactory.namedVectors(vectors);
    }

    private static Vector vector(VectorOutput output) {
        return switch (output.getVectorCase()) {
            case DENSE -> VectorFactory.vector(output.getDense().getDataList());
            case SPARSE ->
                VectorFactory.vector(
                        output.getSparse().getValuesList(), output.getSparse().getIndicesList());
            case MULTI_DENSE, VECTOR_NOT_SET ->
                throw new IllegalStateException(
                        "a point has a vector of a form that this version does not know: " + output.getVectorCase());
        };
    }
}
