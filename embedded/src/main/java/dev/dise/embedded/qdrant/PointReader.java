package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.SparseVector;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads the parts of points from the index, each part only when it is asked for. */
final class PointReader {

    private final List<LeafReaderContext> leaves;
    private final VectorSchema schema;

    PointReader(IndexReader reader, VectorSchema schema) {
        this.leaves = reader.leaves();
        this.schema = schema;
    }

    /** The whole point. */
    StoredPoint point(int document) throws IOException {
        return new StoredPoint(
                id(document), payload(document), vectors(document, VectorSelection.all(schema)), version(document));
    }

    BytesRef key(int document) throws IOException {
        LeafReaderContext leaf = leaf(document);
        SortedDocValues keys = DocValues.getSorted(leaf.reader(), PointDocument.ID);
        if (!keys.advanceExact(document - leaf.docBase)) {
            throw noPoint();
        }
        return BytesRef.deepCopyOf(keys.lookupOrd(keys.ordValue()));
    }

    PointId id(int document) throws IOException {
        return PointKey.toId(key(document));
    }

    long version(int document) throws IOException {
        LeafReaderContext leaf = leaf(document);
        NumericDocValues versions = DocValues.getNumeric(leaf.reader(), PointDocument.VERSION);
        if (!versions.advanceExact(document - leaf.docBase)) {
            throw noPoint();
        }
        return versions.longValue();
    }

    Map<String, Value> payload(int document) throws IOException {
        LeafReaderContext leaf = leaf(document);
        BinaryDocValues bodies = DocValues.getBinary(leaf.reader(), PointDocument.POINT);
        if (!bodies.advanceExact(document - leaf.docBase)) {
            throw noPoint();
        }
        return PointDocument.parse(bodies.binaryValue()).getPayloadMap();
    }

    PointVectors vectors(int document, VectorSelection selection) throws IOException {
        Map<String, float[]> dense = new HashMap<>();
        for (DenseSpec spec : schema.dense().values()) {
            float[] vector = selection.isWanted(spec.name()) ? dense(document, spec) : null;
            if (vector != null) {
                dense.put(spec.name(), vector);
            }
        }
        Map<String, SparseVector> sparse = new HashMap<>();
        for (SparseSpec spec : schema.sparse().values()) {
            SparseVector vector = selection.isWanted(spec.name()) ? sparse(document, spec) : null;
            if (vector != null) {
                sparse.put(spec.name(), vector);
            }
        }
        return new PointVectors(dense, sparse);
    }

    private float @Nullable [] dense(int document, DenseSpec spec) throws IOException {
        LeafReaderContext leaf = leaf(document);
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(spec.field());
        if (vectors == null) {
            return null;
        }
        DocIndexIterator iterator = vectors.iterator();
        int wanted = document - leaf.docBase;
        return iterator.advance(wanted) == wanted
                ? vectors.vectorValue(iterator.index()).clone()
                : null;
    }

    private @Nullable SparseVector sparse(int document, SparseSpec spec) throws IOException {
        LeafReaderContext leaf = leaf(document);
        LeafReader reader = leaf.reader();
        BinaryDocValues vectors = reader.getBinaryDocValues(spec.storedField());
        return vectors != null && vectors.advanceExact(document - leaf.docBase)
                ? PointDocument.parseSparse(vectors.binaryValue())
                : null;
    }

    private LeafReaderContext leaf(int document) {
        return leaves.get(ReaderUtil.subIndex(document, leaves));
    }

    private static IllegalStateException noPoint() {
        return new IllegalStateException("the index holds a document that is no point");
    }
}
