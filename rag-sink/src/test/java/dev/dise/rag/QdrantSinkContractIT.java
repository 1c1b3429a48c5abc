package dev.dise.rag;

import static io.qdrant.client.VectorsFactory.vectors;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.SinkContract;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class QdrantSinkContractIT extends SinkContract<PointChange> {
    private static final AtomicInteger COLLECTIONS = new AtomicInteger();
    private static QdrantStack qdrant;

    private final String collection = "contract" + COLLECTIONS.incrementAndGet();
    private QdrantSink sink;

    @BeforeAll
    static void startQdrant(@TempDir Path directory) {
        qdrant = QdrantStack.start(directory);
    }

    @AfterAll
    static void stopQdrant() {
        qdrant.close();
    }

    @BeforeEach
    void open() throws Exception {
        sink = new QdrantSink(qdrant.store(collection, 1), VectorRecords.MODEL.dimension(), Failpoints.none());
        sink.open();
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Override
    protected Sink<PointChange> sink() {
        return sink;
    }

    @Override
    protected Delivery<PointChange> delivery(Delivery<DecodedEvent> event) {
        try {
            // Each from a first half of its own, which knows no newer one: the second half is to tell them apart.
            return new VectorRecords().of(List.of(event)).get(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of another size than the collection's vectors. */
    @Override
    protected Delivery<PointChange> poison(Delivery<DecodedEvent> event) {
        Delivery<PointChange> good = delivery(event);
        PointStruct point = ((PointChange.Upsert) good.content())
                .point().toBuilder().setVectors(vectors(1, 2, 3)).build();
        return new Delivery<>(
                good.record(), new PointChange.Upsert(good.content().id(), point));
    }

    @Override
    protected Map<String, String> stored() {
        Map<String, String> names = new HashMap<>();
        qdrant.points(collection)
                .forEach(point -> names.merge(
                        point.getPayloadOrThrow("artifact_id").getStringValue(),
                        point.getPayloadOrThrow("name").getStringValue(),
                        (a, b) -> a + " and " + b));
        return names;
    }

    @Override
    protected void takeAway() {
        qdrant.takeAway();
    }

    @Override
    protected void bringBack() {
        qdrant.bringBack();
    }

    @Override
    protected boolean isTransactional() {
        return false;
    }
}
