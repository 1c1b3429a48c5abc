package dev.dise.pg.backup;

import dev.dise.runtime.kafka.MovedOffsets;
import dev.dise.runtime.sink.Partition;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The rows of a file in the binary format of {@code COPY}, as they pass: counted, and with the offsets that they came
 * from as they are where they go. Memory is bounded by one row.
 */
public final class RowStream extends InputStream {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int AFTER_SIGNATURE = 2 * Integer.BYTES;
    private static final short END = -1;

    private final DataInputStream in;
    private final MovedOffsets moved;
    private final LongConsumer watcher;
    private final int topic;
    private final int partition;
    private final int offset;
    private ByteBuffer ready = ByteBuffer.allocate(64 * 1024).flip();
    private boolean begun;
    private boolean ended;
    private long rows;

    /**
     * @param columns of the rows, in order
     * @param watcher is told after each row how many have passed
     */
    public RowStream(InputStream in, List<String> columns, MovedOffsets moved, LongConsumer watcher) {
        this.in = new DataInputStream(in);
        this.moved = moved;
        this.watcher = watcher;
        this.topic = columns.indexOf("source_topic");
        this.partition = columns.indexOf("source_partition");
        this.offset = columns.indexOf("source_offset");
    }

    /** Rows that have passed. */
    public long rows() {
        return rows;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (!ready.hasRemaining() && !refill()) {
            return -1;
        }
        int read = Math.min(length, ready.remaining());
        ready.get(bytes, from, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean refill() throws IOException {
        if (ended) {
            return false;
        }
        ready.clear();
        if (begun) {
            row();
        } else {
            begin();
        }
        ready.flip();
        return true;
    }

    private void begin() throws IOException {
        begun = true;
        byte[] head = in.readNBytes(SIGNATURE.length + AFTER_SIGNATURE);
        if (head.length < SIGNATURE.length + AFTER_SIGNATURE
                || !ByteBuffer.wrap(head, 0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))
                || ByteBuffer.wrap(head).getInt(head.length - Integer.BYTES) != 0) {
            throw new IOException("the file is not one of rows");
        }
        ready.put(head);
    }

    private void row() throws IOException {
        short fields = in.readShort();
        room(Short.BYTES);
        ready.putShort(fields);
        if (fields == END) {
            ended = true;
            return;
        }
        int[] starts = new int[fields];
        for (int i = 0; i < fields; i++) {
            starts[i] = ready.position();
            field();
        }
        move(starts);
        rows++;
        watcher.accept(rows);
    }

    private void field() throws IOException {
        int length = in.readInt();
        room(Integer.BYTES + Math.max(0, length));
        ready.putInt(length);
        if (length > 0) {
            in.readFully(ready.array(), ready.position(), length);
            ready.position(ready.position() + length);
        }
    }

    private void move(int[] starts) {
        if (topic < 0 || partition < 0 || offset < 0) {
            return;
        }
        int begin = starts[topic];
        String name = new String(
                ready.array(), begin + Integer.BYTES, Math.max(0, ready.getInt(begin)), StandardCharsets.UTF_8);
        int number = ready.getInt(starts[partition] + Integer.BYTES);
        int place = starts[offset] + Integer.BYTES;
        ready.putLong(place, moved.of(new Partition(name, number), ready.getLong(place)));
    }

    private void room(int bytes) {
        if (ready.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * ready.capacity(), ready.position() + bytes));
            ready = larger.put(ready.flip());
        }
    }
}
