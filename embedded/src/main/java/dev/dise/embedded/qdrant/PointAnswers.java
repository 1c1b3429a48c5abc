package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.io.IOException;
import java.util.Map;

/** Makes the points of an answer, with the parts that the request wants and reading no other. */
final class PointAnswers {

    private final PointReader reader;
    private final PayloadSelection payload;
    private final VectorSelection vectors;

    PointAnswers(PointSnapshot points, PayloadSelection payload, WithVectorsSelector vectors) {
        this.reader = points.reader();
        this.payload = payload;
        this.vectors = VectorSelection.of(vectors, points.schema());
    }

    PointAnswers(PointSnapshot points, WithPayloadSelector payload, WithVectorsSelector vectors) {
        this(points, PayloadSelection.of(payload), vectors);
    }

    ScoredPoint scored(Hit hit) throws IOException {
        ScoredPoint.Builder answer = ScoredPoint.newBuilder()
                .setId(reader.id(hit.document()))
                .setScore(hit.score())
                .setVersion(reader.version(hit.document()))
                .putAllPayload(payloadOf(hit.document()));
        if (!vectors.names().isEmpty()) {
            answer.setVectors(reader.vectors(hit.document(), vectors).output());
        }
        if (hit.order() != null) {
            answer.setOrderValue(hit.order());
        }
        return answer.build();
    }

    RetrievedPoint retrieved(Hit hit) throws IOException {
        RetrievedPoint.Builder answer =
                RetrievedPoint.newBuilder().setId(reader.id(hit.document())).putAllPayload(payloadOf(hit.document()));
        if (!vectors.names().isEmpty()) {
            answer.setVectors(reader.vectors(hit.document(), vectors).output());
        }
        if (hit.order() != null) {
            answer.setOrderValue(hit.order());
        }
        return answer.build();
    }

    private Map<String, Value> payloadOf(int document) throws IOException {
        return payload.isNothing() ? Map.of() : payload.of(reader.payload(document));
    }
}
