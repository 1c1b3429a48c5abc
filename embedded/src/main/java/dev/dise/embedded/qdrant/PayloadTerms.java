package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.NumericUtils;

/**
 * The leaves of a payload as terms of one index field: path, type, value. One field for all paths, because a payload may
 * hold any number of them; long paths and texts go in as their hash.
 */
final class PayloadTerms {

    private static final int MAX_BYTES = 512;
    /** No UTF-8 text begins with it, so a hash is never taken for a text. */
    private static final byte HASH = (byte) 0xff;

    private final Set<BytesRef> terms = new LinkedHashSet<>();

    private PayloadTerms() {}

    static Set<BytesRef> of(Map<String, Value> payload) {
        PayloadTerms leaves = new PayloadTerms();
        payload.forEach((key, value) -> leaves.add(quote(key), value));
        return leaves.terms;
    }

    static BytesRef text(String path, String text) {
        return term(path, 's', bounded(text));
    }

    static BytesRef bool(String path, boolean value) {
        return term(path, 'b', new byte[] {(byte) (value ? 1 : 0)});
    }

    static BytesRef integer(String path, long value) {
        byte[] bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(value, bytes, 0);
        return term(path, 'i', bytes);
    }

    /** Integers have this term beside their own, for ranges, which Qdrant compares as doubles. */
    static BytesRef number(String path, double value) {
        byte[] bytes = new byte[Long.BYTES];
        // Adding zero makes -0.0 the 0.0 it equals.
        NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(value + 0.0), bytes, 0);
        return term(path, 'n', bytes);
    }

    /** The name under which the leaves at a path are indexed; none for a path that picks one element of an array. */
    static Optional<String> indexedName(PayloadPath path) {
        StringBuilder name = new StringBuilder();
        for (PayloadPath.Step step : path.steps()) {
            switch (step) {
                case PayloadPath.Key key ->
                    name.append(name.isEmpty() ? "" : ".").append(quote(key.name()));
                case PayloadPath.Each each -> name.append("[]");
                case PayloadPath.Index index -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(name.toString());
    }

    private void add(String path, Value value) {
        switch (value.getKindCase()) {
            case STRING_VALUE -> terms.add(text(path, value.getStringValue()));
            case BOOL_VALUE -> terms.add(bool(path, value.getBoolValue()));
            case DOUBLE_VALUE -> terms.add(number(path, value.getDoubleValue()));
            case INTEGER_VALUE -> {
                terms.add(integer(path, value.getIntegerValue()));
                terms.add(number(path, (double) value.getIntegerValue()));
            }
            case STRUCT_VALUE ->
                value.getStructValue().getFieldsMap().forEach((key, field) -> add(path + "." + quote(key), field));
            case LIST_VALUE -> value.getListValue().getValuesList().forEach(element -> addElement(path, element));
            case NULL_VALUE, KIND_NOT_SET -> {}
        }
    }

    /** A plain element is found both as {@code path} and as {@code path[]}; what is inside it only as the latter. */
    private void addElement(String path, Value element) {
        if (!element.hasListValue() && !element.hasStructValue()) {
            add(path, element);
        }
        add(path + "[]", element);
    }

    private static String quote(String key) {
        return '"' + key.replace("\"", "\"\"") + '"';
    }

    private static BytesRef term(String path, char type, byte[] value) {
        BytesRefBuilder term = new BytesRefBuilder();
        byte[] name = bounded(path);
        term.append(name, 0, name.length);
        term.append((byte) 0);
        term.append((byte) type);
        term.append(value, 0, value.length);
        return term.toBytesRef();
    }

    private static byte[] bounded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return bytes;
        }
        byte[] digest = sha256(bytes);
        byte[] hash = new byte[1 + digest.length];
        hash[0] = HASH;
        System.arraycopy(digest, 0, hash, 1, digest.length);
        return hash;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
