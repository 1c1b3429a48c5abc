package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** A point as a Lucene document; {@link PointReader} is the way back. */
final class PointDocument {

    /** The point's key, for look-up and for order. */
    static final String ID = "id";
    /** The leaves of the payload, for filters. */
    static final String LEAF = "leaf";
    /** Id and payload as they are answered. */
    static final String POINT = "point";
    /** The number of the operation that wrote the point. */
    static final String VERSION = "version";

    private PointDocument() {}

    static Document of(StoredPoint point, VectorSchema schema) {
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
        PayloadTerms.of(point.payload()).forEach(term -> document.add(new StringField(LEAF, term, Store.NO)));
        point.vectors().dense().forEach((name, vector) -> add(document, schema.requireDense(name), vector));
        point.vectors().sparse().forEach((name, vector) -> add(document, schema.requireSparse(name), vector));
        return document;
    }

    private static void add(Document document, DenseSpec spec, float[] vector) {
        document.add(new KnnFloatVectorField(spec.field(), vector, spec.metric().similarity()));
    }

    private static void add(Document document, SparseSpec spec, SparseVector vector) {
        document.add(SparsePostings.field(spec.field(), vector));
        document.add(new BinaryDocValuesField(spec.storedField(), new BytesRef(vector.toByteArray())));
    }

    static PointStruct parse(BytesRef body) throws IOException {
        return PointStruct.parseFrom(buffer(body));
    }

    static SparseVector parseSparse(BytesRef body) throws IOException {
        return SparseVector.parseFrom(buffer(body));
    }

    private static ByteBuffer buffer(BytesRef body) {
        return ByteBuffer.wrap(body.bytes, body.offset, body.length);
    }
}
