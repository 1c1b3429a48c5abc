package dev.dise.gateway.logs;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf messages field by field, as a sender of another language would. */
public final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Write {
        void run() throws IOException;
    }

    public static Proto message() {
        return new Proto();
    }

    public Proto text(int field, String value) {
        return then(() -> out.writeString(field, value));
    }

    public Proto bytes(int field, byte[] value) {
        return then(() -> out.writeByteArray(field, value));
    }

    public Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    public Proto varint(int field, long value) {
        return then(() -> out.writeInt64(field, value));
    }

    public Proto fixed64(int field, long value) {
        return then(() -> out.writeFixed64(field, value));
    }

    public Proto fixed32(int field, int value) {
        return then(() -> out.writeFixed32(field, value));
    }

    public Proto number(int field, double value) {
        return then(() -> out.writeDouble(field, value));
    }

    public byte[] toBytes() {
        then(out::flush);
        return bytes.toByteArray();
    }

    private Proto then(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
