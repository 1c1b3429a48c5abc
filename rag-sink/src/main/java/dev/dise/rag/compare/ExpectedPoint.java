package dev.dise.rag.compare;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.dise.rag.PointVersion;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * A point as it should be.
 *
 * @param partition of the record that says so
 * @param offset of the record that says so
 */
record ExpectedPoint(PointVersion version, int partition, long offset) {
    private static final int HEAD = Long.BYTES + Integer.BYTES + 1 + Integer.BYTES + Long.BYTES;

    @SuppressWarnings("JavaInstantGetSecondsGetNano") // both parts are written, one behind the other
    byte[] bytes() {
        byte[] point = version.point().toByteArray();
        return ByteBuffer.allocate(HEAD + point.length)
                .putLong(version.time().getEpochSecond())
                .putInt(version.time().getNano())
                .put((byte) (version.isEnd() ? 1 : 0))
                .putInt(partition)
                .putLong(offset)
                .put(point)
                .array();
    }

    static ExpectedPoint parse(UUID id, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
        boolean isEnd = buffer.get() == 1;
        int partition = buffer.getInt();
        long offset = buffer.getLong();
        try {
            PointStruct point = PointStruct.parseFrom(buffer);
            return new ExpectedPoint(new PointVersion(id, time, isEnd, point), partition, offset);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the temporary file of expected points is damaged: try again", e);
        }
    }

    /** Later in the log wins a tie, as it does in the sink. */
    boolean isReplacedBy(ExpectedPoint later) {
        return !later.version().time().isBefore(version.time());
    }
}
