package dev.dise.operations.backup;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as bytes: offset, time, key, value, headers. Its topic and partition are those of its file. */
final class RecordFrame {
    private static final int NOTHING = -1;

    private final Buffer bytes = new Buffer();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private static final class Buffer extends ByteArrayOutputStream {
        /** Without a copy: the next record overwrites it. */
        byte[] shared() {
            return buf;
        }
    }

    /** Writes a record as one frame. */
    void write(SourceRecord record, FrameWriter frames) throws IOException {
        bytes.reset();
        out.writeLong(record.offset());
        out.writeLong(record.appendedAt().toEpochMilli());
        put(record.key());
        put(record.value());
        out.writeInt(record.headers().size());
        for (Header header : record.headers()) {
            put(header.name().getBytes(StandardCharsets.UTF_8));
            put(header.value());
        }
        frames.write(bytes.shared(), bytes.size());
    }

    /** Reads one back. */
    static SourceRecord read(Partition partition, byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        long offset = in.getLong();
        Instant time = Instant.ofEpochMilli(in.getLong());
        byte[] key = get(in);
        byte[] value = get(in);
        int count = in.getInt();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] name = get(in);
            headers.add(new Header(name == null ? "" : new String(name, StandardCharsets.UTF_8), get(in)));
        }
        return new SourceRecord(partition, offset, time, key, value, headers);
    }

    private void put(byte @Nullable [] part) throws IOException {
        if (part == null) {
            out.writeInt(NOTHING);
            return;
        }
        out.writeInt(part.length);
        out.write(part);
    }

    private static byte @Nullable [] get(ByteBuffer in) {
        int length = in.getInt();
        if (length == NOTHING) {
            return null;
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
