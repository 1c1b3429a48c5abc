package dev.dise.rag;

import dev.dise.rag.store.QdrantErrors;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * The second half: writes ready points into Qdrant. Of several versions the one with the newest event time stays, whatever
 * order they come in: Qdrant itself compares, in the moment of writing. A deletion is a version like any other.
 */
final class QdrantSink implements Sink<PointChange> {
    /** Qdrant's own limit is 32 MiB; what is refused is sought by halving. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;
    /** So many refused points, if they are more than half, are no accident. */
    private static final int SYSTEMIC = 20;

    private final QdrantStore store;
    private final int dimension;
    private final Failpoints failpoints;

    /** A point as it is to be written, and the record that says so. */
    private record Versioned(SourceRecord record, UUID id, Instant time, boolean isEnd, PointStruct point) {
        static Versioned of(Delivery<PointChange> delivery) {
            PointChange change = delivery.content();
            Instant time =
                    change instanceof PointChange.Forget forget ? forget.until() : EventTime.of(delivery.record());
            UUID id = change.id();
            return switch (change) {
                case PointChange.Upsert upsert -> new Versioned(delivery.record(), id, time, false, upsert.point());
                case PointChange.Delete delete ->
                    new Versioned(delivery.record(), id, time, true, PointVersions.end(id, time));
                case PointChange.Forget forget ->
                    new Versioned(delivery.record(), id, time, true, PointStruct.getDefaultInstance());
            };
        }

        /** Nothing is written then; what is there is removed. */
        boolean isForgotten() {
            return isEnd && !point.hasId();
        }

        Rejection rejection(String reason, String message) {
            return new Rejection(record, reason, message);
        }
    }

    QdrantSink(QdrantStore store, int dimension, Failpoints failpoints) {
        this.store = store;
        this.dimension = dimension;
        this.failpoints = failpoints;
    }

    @Override
    public void open() throws StoreUnavailableException {
        store.prepare(dimension);
    }

    @Override
    public void write(Batch<PointChange> batch, Refusals refusals) throws StoreUnavailableException {
        Map<Boolean, List<Versioned>> newest =
                newest(batch).stream().collect(Collectors.partitioningBy(Versioned::isForgotten));
        forget(newest.getOrDefault(true, List.of()));
        List<Versioned> points = newest.getOrDefault(false, List.of());
        List<Rejection> rejections = new ArrayList<>();
        writeInRequests(sound(points, rejections), rejections);
        requireMostlyGood(rejections.size(), points.size());
        refusals.accept(rejections);
    }

    @Override
    public void close() {
        store.close();
    }

    private void forget(List<Versioned> points) throws StoreUnavailableException {
        Map<Instant, List<UUID>> byTime = new HashMap<>();
        points.forEach(point ->
                byTime.computeIfAbsent(point.time(), time -> new ArrayList<>()).add(point.id()));
        for (Map.Entry<Instant, List<UUID>> one : byTime.entrySet()) {
            store.delete(PointVersions.upTo(one.getValue(), one.getKey()));
        }
    }

    /** Dead letters by the hundred would hide that the collection is another than the points are made for. */
    private static void requireMostlyGood(int bad, int all) {
        if (bad >= SYSTEMIC && 2 * bad > all) {
            throw new IllegalStateException("Qdrant refuses " + bad + " of " + all
                    + " points of one batch; no dead letter was made: compare the collection with rag.embedding");
        }
    }

    /** Qdrant would take a vector of zeros, which is near to nothing and everything. */
    private List<Versioned> sound(List<Versioned> points, List<Rejection> rejections) {
        List<Versioned> sound = new ArrayList<>();
        for (Versioned point : points) {
            float[] meaning = PointVectors.meaning(point.point());
            if (point.isEnd() || (meaning.length == dimension && PointVectors.isSound(meaning))) {
                sound.add(point);
            } else if (meaning.length != dimension) {
                rejections.add(point.rejection(
                        "VEC_DIM_MISMATCH",
                        "its vector has " + meaning.length + " dimensions, the collection " + dimension));
            } else {
                rejections.add(point.rejection("VEC_VALUE", "its vector has no direction"));
            }
        }
        return sound;
    }

    /** One request has each point once. */
    private static List<Versioned> newest(Batch<PointChange> batch) {
        Map<UUID, Versioned> newest = new LinkedHashMap<>();
        for (Delivery<PointChange> delivery : batch.deliveries()) {
            Versioned change = Versioned.of(delivery);
            newest.merge(change.id(), change, (a, b) -> b.time().isBefore(a.time()) ? a : b);
        }
        return List.copyOf(newest.values());
    }

    /** Requests are bounded by bytes, since Qdrant's are. */
    private void writeInRequests(List<Versioned> points, List<Rejection> rejections) throws StoreUnavailableException {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < points.size(); i++) {
            int size = points.get(i).point().getSerializedSize();
            if (bytes > 0 && bytes + size > MAX_REQUEST_BYTES) {
                isolate(points.subList(from, i), rejections);
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < points.size()) {
            isolate(points.subList(from, points.size()), rejections);
        }
    }

    /** Finds a point that Qdrant refuses by halving; the others are written. */
    private void isolate(List<Versioned> points, List<Rejection> rejections) throws StoreUnavailableException {
        try {
            Map<UUID, Instant> times = new HashMap<>();
            points.forEach(point -> times.put(point.id(), point.time()));
            failpoints.hit("qdrant.before_upsert");
            store.upsert(points.stream().map(Versioned::point).toList(), PointVersions.replaceable(times));
            failpoints.hit("qdrant.after_upsert");
        } catch (ExecutionException e) {
            if (!QdrantErrors.isAboutPoints(e)) {
                throw QdrantErrors.sorted(e);
            }
            if (points.size() == 1) {
                rejections.add(points.get(0).rejection("VEC_VALUE", "Qdrant refuses the point"));
                return;
            }
            isolate(points.subList(0, points.size() / 2), rejections);
            isolate(points.subList(points.size() / 2, points.size()), rejections);
        }
    }
}
