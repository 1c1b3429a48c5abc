package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.SparseVector;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PayloadAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * A sparse vector as postings: a term for each index, with the value's 32 bits beside the point in the term's list. So
 * values come back exactly as given, of either sign, and a query reads only the lists of its own indices.
 */
final class SparsePostings extends TokenStream {

    /** In the list of each vector that is not empty, so that they can be counted. */
    static final BytesRef ANY = new BytesRef();

    private static final FieldType TYPE = type();

    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final PayloadAttribute value = addAttribute(PayloadAttribute.class);
    private final SparseVector vector;
    /** The next entry to tell; before the first comes {@link #ANY}. */
    private int next = -1;

    private SparsePostings(SparseVector vector) {
        this.vector = vector;
    }

    static Field field(String name, SparseVector vector) {
        return new Field(name, new SparsePostings(vector), TYPE);
    }

    static BytesRef term(int index) {
        BytesRef term = new BytesRef(new byte[Integer.BYTES]);
        NumericUtils.intToSortableBytes(index, term.bytes, 0);
        term.length = Integer.BYTES;
        return term;
    }

    static float value(BytesRef payload) {
        return Float.intBitsToFloat(NumericUtils.sortableBytesToInt(payload.bytes, payload.offset));
    }

    @Override
    public boolean incrementToken() {
        if (vector.getIndicesCount() == 0 || next == vector.getIndicesCount()) {
            return false;
        }
        clearAttributes();
        if (next < 0) {
            term.setBytesRef(ANY);
        } else {
            term.setBytesRef(term(vector.getIndices(next)));
            value.setPayload(term(Float.floatToRawIntBits(vector.getValues(next))));
        }
        next++;
        return true;
    }

    @Override
    public void reset() {
        next = -1;
    }

    private static FieldType type() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.freeze();
        return type;
    }
}
