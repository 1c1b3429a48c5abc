package dev.dise.rag;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.dise.rag.store.LivePlaces;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes records of the live topic of vectors again, into the collection that readers see. Qdrant does not tell what was there. */
public final class QdrantReplay implements StoreReplay {
    private static final PointChangeDecoder DECODER = new PointChangeDecoder();

    private final RagConfig config;
    private @Nullable LivePlaces live;
    private @Nullable QdrantSink sink;

    private QdrantReplay(RagConfig config) {
        this.config = config;
    }

    /** Nothing is connected before there is something to write. */
    public static QdrantReplay of(RagConfig config) {
        return new QdrantReplay(config);
    }

    @Override
    public String topic() {
        return live().topic();
    }

    @Override
    public @Nullable String toolOf(SourceRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            Value tool = PointStruct.parseFrom(value).getPayloadMap().get("tool_id");
            return tool == null ? null : tool.getStringValue();
        } catch (InvalidProtocolBufferException e) {
            // Whoever writes it makes a dead letter of it; nobody can say whose it is.
            return null;
        }
    }

    @Override
    public Written write(List<SourceRecord> records, Refusals refusals) throws StoreUnavailableException {
        List<Delivery<PointChange>> deliveries = new ArrayList<>();
        List<Rejection> refused = new ArrayList<>();
        for (SourceRecord record : records) {
            try {
                deliveries.add(new Delivery<>(record, DECODER.decode(record)));
            } catch (InvalidEventException e) {
                refused.add(new Rejection(record, e.reason().name(), e.explanation()));
            }
        }
        sink().write(Batch.of(deliveries), refused::addAll);
        refusals.accept(refused);
        return new Written(records.size() - refused.size(), -1, refused.size());
    }

    @Override
    public void close() {
        if (sink != null) {
            sink.close();
        }
    }

    private QdrantSink sink() {
        if (sink == null) {
            LivePlaces places = live();
            QdrantStore store = new QdrantStore(new QdrantLink(config.qdrant()), places.collection());
            sink = new QdrantSink(store, places.dimension(), Failpoints.none());
        }
        return sink;
    }

    /** The same until the end: a switch in between leaves the former as good as it was. */
    private LivePlaces live() {
        if (live == null) {
            live = LivePlaces.of(config);
        }
        return live;
    }
}
