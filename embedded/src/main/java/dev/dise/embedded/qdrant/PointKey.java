package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.lucene.util.BytesRef;

/** Point ids as bytes that sort as Qdrant sorts ids: numbers first, by value, then UUIDs. */
final class PointKey {

    private static final byte NUMBER = 0;
    private static final byte UUID_TAG = 1;
    private static final Pattern HYPHENATED =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern PLAIN =
            Pattern.compile("(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{12})");

    private PointKey() {}

    static BytesRef of(PointId id) {
        return switch (id.getPointIdOptionsCase()) {
            case NUM ->
                new BytesRef(ByteBuffer.allocate(1 + Long.BYTES)
                        .put(NUMBER)
                        .putLong(id.getNum())
                        .array());
            case UUID -> {
                UUID uuid = parse(id.getUuid());
                yield new BytesRef(ByteBuffer.allocate(1 + 2 * Long.BYTES)
                        .put(UUID_TAG)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
            }
            case POINTIDOPTIONS_NOT_SET -> throw QdrantError.badArgument("Empty ID is not allowed");
        };
    }

    /** The id of a key. */
    static PointId toId(BytesRef key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.bytes, key.offset, key.length);
        return bytes.get() == NUMBER
                ? PointId.newBuilder().setNum(bytes.getLong()).build()
                : PointId.newBuilder()
                        .setUuid(new UUID(bytes.getLong(), bytes.getLong()).toString())
                        .build();
    }

    /** The same id in the one spelling that is stored and answered. */
    static PointId canonical(PointId id) {
        return id.hasUuid()
                ? PointId.newBuilder().setUuid(parse(id.getUuid()).toString()).build()
                : id;
    }

    private static UUID parse(String text) {
        String plain = PLAIN.matcher(text).replaceFirst("$1-$2-$3-$4-$5");
        if (!HYPHENATED.matcher(plain).matches()) {
            throw QdrantError.badArgument("Unable to parse UUID: " + text);
        }
        return UUID.fromString(plain.toLowerCase(Locale.ROOT));
    }
}
