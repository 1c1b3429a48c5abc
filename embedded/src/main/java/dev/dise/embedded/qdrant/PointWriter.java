package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** The points of a collection while one change is applied; it sees what the change itself has put. */
final class PointWriter {

    private final IndexWriter writer;
    private final PointSnapshot before;
    private final Metric metric;
    private final long operation;
    private final Map<BytesRef, StoredPoint> put = new HashMap<>();

    PointWriter(IndexWriter writer, PointSnapshot before, Metric metric, long operation) {
        this.writer = writer;
        this.before = before;
        this.metric = metric;
        this.operation = operation;
    }

    Optional<StoredPoint> find(PointId id) throws IOException {
        StoredPoint point = put.get(PointKey.of(id));
        return point == null ? before.find(id) : Optional.of(point);
    }

    List<StoredPoint> findAll(Query query) throws IOException {
        return before.findAll(query);
    }

    void put(StoredPoint point) throws IOException {
        StoredPoint stamped = new StoredPoint(point.id(), point.payload(), point.vector(), operation);
        writer.updateDocument(new Term(PointDocument.ID, stamped.key()), PointDocument.of(stamped, metric));
        put.put(stamped.key(), stamped);
    }

    void delete(Query query) throws IOException {
        writer.deleteDocuments(query);
    }
}
