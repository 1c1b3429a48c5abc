package dev.dise.rag;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * The second half: writes ready points into Qdrant. Of several versions the one with the newest event time stays; what
 * is older than the point that is there changes nothing.
 */
final class QdrantSink implements Sink<PointChange> {
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;
    /** So many refused points, if they are more than half, are no accident. */
    private static final int SYSTEMIC = 20;

    private final QdrantStore store;
    private final int dimension;
    private boolean prepared;

    QdrantSink(QdrantStore store, int dimension) {
        this.store = store;
        this.dimension = dimension;
    }

    @Override
    public void write(Batch<PointChange> batch, Refusals refusals) throws StoreUnavailableException {
        if (!prepared) {
            store.prepare(dimension);
            prepared = true;
        }
        Map<UUID, Delivery<PointChange>> newest = newest(batch);
        if (newest.isEmpty()) {
            return;
        }
        Map<UUID, String> stored = store.eventTimes(newest.keySet());
        newest.values().removeIf(change -> isOlder(change, stored));
        List<Rejection> rejections = new ArrayList<>();
        List<Delivery<PointChange>> upserts = upserts(newest.values());
        upsertInRequests(upserts, rejections);
        requireMostlyGood(rejections.size(), upserts.size());
        List<UUID> deleted = newest.values().stream()
                .filter(change -> change.content() instanceof PointChange.Delete)
                .map(change -> change.content().id())
                .toList();
        if (!deleted.isEmpty()) {
            store.delete(deleted);
        }
        refusals.accept(rejections);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Dead letters by the hundred would hide that the collection is another than the points are made for. */
    private static void requireMostlyGood(int bad, int all) {
        if (bad >= SYSTEMIC && 2 * bad > all) {
            throw new IllegalStateException("Qdrant refuses " + bad + " of " + all
                    + " points of one batch; no dead letter was made: compare the collection with rag.embedding");
        }
    }

    private static Map<UUID, Delivery<PointChange>> newest(Batch<PointChange> batch) {
        Map<UUID, Delivery<PointChange>> newest = new LinkedHashMap<>();
        for (Delivery<PointChange> change : batch.deliveries()) {
            newest.merge(
                    change.content().id(),
                    change,
                    (a, b) -> eventTime(b.record()).compareTo(eventTime(a.record())) >= 0 ? b : a);
        }
        return newest;
    }

    private static boolean isOlder(Delivery<PointChange> change, Map<UUID, String> stored) {
        String there = stored.get(change.content().id());
        return there != null && eventTime(change.record()).compareTo(there) < 0;
    }

    private static List<Delivery<PointChange>> upserts(Iterable<Delivery<PointChange>> changes) {
        List<Delivery<PointChange>> upserts = new ArrayList<>();
        for (Delivery<PointChange> change : changes) {
            if (change.content() instanceof PointChange.Upsert) {
                upserts.add(change);
            }
        }
        return upserts;
    }

    /** Requests are bounded by bytes, since Qdrant's are. */
    private void upsertInRequests(List<Delivery<PointChange>> upserts, List<Rejection> rejections)
            throws StoreUnavailableException {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < upserts.size(); i++) {
            int size = point(upserts.get(i)).getSerializedSize();
            if (bytes > 0 && bytes + size > MAX_REQUEST_BYTES) {
                isolate(upserts.subList(from, i), rejections);
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < upserts.size()) {
            isolate(upserts.subList(from, upserts.size()), rejections);
        }
    }

    /** Finds a point that Qdrant refuses by halving; the others are written. */
    private void isolate(List<Delivery<PointChange>> changes, List<Rejection> rejections)
            throws StoreUnavailableException {
        try {
            store.upsert(changes.stream().map(QdrantSink::point).toList());
        } catch (ExecutionException e) {
            if (!QdrantErrors.isAboutPoints(e)) {
                throw QdrantErrors.sorted(e);
            }
            if (changes.size() == 1) {
                rejections.add(new Rejection(changes.get(0).record(), "VEC_VALUE", "Qdrant refuses the point"));
                return;
            }
            isolate(changes.subList(0, changes.size() / 2), rejections);
            isolate(changes.subList(changes.size() / 2, changes.size()), rejections);
        }
    }

    private static PointStruct point(Delivery<PointChange> change) {
        return ((PointChange.Upsert) change.content()).point();
    }

    /**
     * RFC 3339 in one fixed form, so that text order is time order; producers write it in many. What has no time is
     * older than everything.
     */
    private static String eventTime(SourceRecord record) {
        String time = record.header(EnvelopeHeaders.TIME);
        try {
            return time == null ? "" : EnvelopeHeaders.formatTime(EnvelopeHeaders.parseTime(time));
        } catch (InvalidEventException e) {
            // Written straight to the topic by something else than the first half.
            return "";
        }
    }
}
