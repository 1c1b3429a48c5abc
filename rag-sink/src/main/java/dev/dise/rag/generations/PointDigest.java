package dev.dise.rag.generations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.QdrantLink;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A digest of points in any order: the sum of the SHA-256 of each. Of a point it covers the id, the payload but for the
 * name of the model, and which vectors it has; not their numbers, which are compared one by one where they matter. So the
 * same artifacts have the same digest, whichever model embedded them.
 */
final class PointDigest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final double EXACT = 1L << 53;

    private final MessageDigest sha;
    private BigInteger sum = BigInteger.ZERO;
    private long count;

    PointDigest() {
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** That of all points of a collection. */
    static PointDigest of(QdrantLink link, Generation generation) {
        PointPages pages = new PointPages(link, generation.collection());
        PointDigest digest = new PointDigest();
        for (StoredPoint point = pages.peek(); point != null; point = pages.peek()) {
            digest.add(point);
            pages.advance();
        }
        return digest;
    }

    void add(StoredPoint point) {
        sha.reset();
        text(point.id());
        fields(point.payload());
        new TreeSet<>(point.vectors().keySet()).forEach(this::text);
        sum = sum.add(new BigInteger(1, sha.digest())).mod(MODULUS);
        count++;
    }

    /** As in {@code 1234-9f86d0…}: how many points, and their sum. */
    String text() {
        return count + "-" + String.format("%064x", sum);
    }

    private void fields(Map<String, Value> fields) {
        sha.update((byte) '{');
        new TreeMap<>(fields).forEach((name, value) -> {
            text(name);
            value(value);
        });
        sha.update((byte) '}');
    }

    private void value(Value value) {
        switch (value.getKindCase()) {
            case STRING_VALUE -> text(value.getStringValue());
            case INTEGER_VALUE -> number(Long.toString(value.getIntegerValue()));
            case DOUBLE_VALUE -> number(number(value.getDoubleValue()));
            case BOOL_VALUE -> number(Boolean.toString(value.getBoolValue()));
            case STRUCT_VALUE -> fields(value.getStructValue().getFieldsMap());
            case LIST_VALUE -> {
                sha.update((byte) '[');
                value.getListValue().getValuesList().forEach(this::value);
                sha.update((byte) ']');
            }
            case NULL_VALUE, KIND_NOT_SET -> number("null");
        }
    }

    /** A whole number is the same with and without a point: servers give back either. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private void number(String number) {
        sha.update((byte) '#');
        sha.update(number.getBytes(UTF_8));
        sha.update((byte) 0);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(Integer.toString(bytes.length));
        sha.update(bytes);
    }
}
