package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointsSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/**
 * The points of a collection while one change is applied. Filters see the points as they were before the change, and the
 * index sees nothing of it until {@link #flush}, so that a change that fails half-way leaves nothing behind.
 */
final class PointWriter {

    private final PointSnapshot before;
    private final long operation;
    private final Map<BytesRef, StoredPoint> put = new LinkedHashMap<>();
    private final List<Query> deleted = new ArrayList<>();
    private Optional<PointId> missing = Optional.empty();

    PointWriter(PointSnapshot before, long operation) {
        this.before = before;
        this.operation = operation;
    }

    VectorSchema schema() {
        return before.schema();
    }

    Query filter(Filter filter) {
        return before.filter(filter);
    }

    /** The point as this change has put it, or else as it was. */
    Optional<StoredPoint> find(PointId id) throws IOException {
        StoredPoint point = put.get(PointKey.of(id));
        if (point != null) {
            return Optional.of(point);
        }
        OptionalInt document = before.find(id);
        return document.isPresent() ? Optional.of(before.reader().point(document.getAsInt())) : Optional.empty();
    }

    /** The selected points that exist. One that is named and does not exist is remembered as {@link #missing}. */
    List<StoredPoint> selected(PointsSelector selector) throws IOException {
        List<StoredPoint> found = new ArrayList<>();
        switch (selector.getPointsSelectorOneOfCase()) {
            case POINTS -> {
                for (PointId id : new LinkedHashSet<>(selector.getPoints().getIdsList())) {
                    find(id).ifPresentOrElse(found::add, () -> miss(id));
                }
            }
            case FILTER -> {
                for (int document : before.findAll(filter(selector.getFilter()))) {
                    found.add(before.reader().point(document));
                }
            }
            case POINTSSELECTORONEOF_NOT_SET -> throw QdrantError.badArgument("PointsSelector is missing");
        }
        return found;
    }

    /** The keys of those points that exist. */
    Set<BytesRef> existing(Collection<PointId> ids) throws IOException {
        Set<BytesRef> keys = new HashSet<>();
        for (PointId id : ids) {
            if (before.find(id).isPresent()) {
                keys.add(PointKey.of(id));
            }
        }
        return keys;
    }

    /** The keys of those points that exist and pass the filter. */
    Set<BytesRef> passing(Collection<PointId> ids, Filter filter) throws IOException {
        Query query = PointSnapshot.both(FilterQuery.withIds(List.copyOf(ids)), filter(filter));
        Set<BytesRef> keys = new HashSet<>();
        for (int document : before.findAll(query)) {
            keys.add(before.reader().key(document));
        }
        return keys;
    }

    void put(StoredPoint point) {
        put.put(point.key(), point.withVersion(operation));
    }

    void delete(Query query) {
        deleted.add(query);
    }

    void flush(IndexWriter writer) throws IOException {
        writer.deleteDocuments(deleted.toArray(Query[]::new));
        for (Map.Entry<BytesRef, StoredPoint> entry : put.entrySet()) {
            writer.updateDocument(
                    new Term(PointDocument.ID, entry.getKey()), PointDocument.of(entry.getValue(), schema()));
        }
    }

    /** Remembers that the change named a point that does not exist. The rest of it is applied all the same. */
    void miss(PointId id) {
        if (missing.isEmpty()) {
            missing = Optional.of(id);
        }
    }

    Optional<PointId> missing() {
        return missing;
    }
}
