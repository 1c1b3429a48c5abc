package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.PointStruct;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;

/** A point as a Lucene document and back. */
final class PointDocument {

    /** The point's key, for look-up and for order. */
    static final String ID = "id";
    /** The leaves of the payload, for filters. */
    static final String LEAF = "leaf";
    /** Id and payload as they are answered. */
    static final String POINT = "point";
    /** The vector, and the graph over all of them. */
    static final String VECTOR = "vector";

    private static final String VERSION = "version";

    private PointDocument() {}

    static Document of(StoredPoint point, Metric metric) {
        Document document = new Document();
        BytesRef key = point.key();
        document.add(new StringField(ID, key, Store.NO));
        document.add(new SortedDocValuesField(ID, key));
        byte[] body = PointStruct.newBuilder()
                .setId(point.id())
                .putAllPayload(point.payload())
                .build()
                .toByteArray();
        document.add(new BinaryDocValuesField(POINT, new BytesRef(body)));
        document.add(new NumericDocValuesField(VERSION, point.version()));
        document.add(new KnnFloatVectorField(VECTOR, point.vector(), metric.similarity()));
        PayloadTerms.of(point.payload()).forEach(term -> document.add(new StringField(LEAF, term, Store.NO)));
        return document;
    }

    static StoredPoint read(LeafReader reader, int document) throws IOException {
        BinaryDocValues bodies = reader.getBinaryDocValues(POINT);
        NumericDocValues versions = reader.getNumericDocValues(VERSION);
        if (bodies == null || versions == null || !bodies.advanceExact(document) || !versions.advanceExact(document)) {
            throw new IllegalStateException("the index holds a document that is no point");
        }
        PointStruct point = parse(bodies.binaryValue());
        return new StoredPoint(point.getId(), point.getPayloadMap(), vector(reader, document), versions.longValue());
    }

    static PointStruct parse(BytesRef body) throws IOException {
        return PointStruct.parseFrom(ByteBuffer.wrap(body.bytes, body.offset, body.length));
    }

    private static float[] vector(LeafReader reader, int document) throws IOException {
        FloatVectorValues vectors = reader.getFloatVectorValues(VECTOR);
        KnnVectorValues.DocIndexIterator iterator = vectors.iterator();
        if (iterator.advance(document) != document) {
            throw new IllegalStateException("the index holds a point without its vector");
        }
        return vectors.vectorValue(iterator.index()).clone();
    }
}
