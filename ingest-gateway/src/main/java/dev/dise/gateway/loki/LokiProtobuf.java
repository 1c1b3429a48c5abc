package dev.dise.gateway.loki;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.ProtobufWire;
import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;
import tools.jackson.databind.node.ObjectNode;

/** Reads a push in protobuf ({@code logproto.PushRequest}), which comes as one Snappy block. */
final class LokiProtobuf {
    private static final int STREAMS = 1 << 3 | ProtobufWire.LENGTH;

    private static final int LABELS = 1 << 3 | ProtobufWire.LENGTH;
    private static final int ENTRIES = 2 << 3 | ProtobufWire.LENGTH;

    private static final int TIMESTAMP = 1 << 3 | ProtobufWire.LENGTH;
    private static final int LINE = 2 << 3 | ProtobufWire.LENGTH;
    private static final int STRUCTURED_METADATA = 3 << 3 | ProtobufWire.LENGTH;
    private static final int PARSED = 4 << 3 | ProtobufWire.LENGTH;

    private static final int SECONDS = 1 << 3 | ProtobufWire.VARINT;
    private static final int NANOS = 2 << 3 | ProtobufWire.VARINT;
    /** The years 1 to 9999, which is all that a protobuf timestamp may say. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int NAME = 1 << 3 | ProtobufWire.LENGTH;
    private static final int VALUE = 2 << 3 | ProtobufWire.LENGTH;

    private final PushSize size = new PushSize();
    private final List<LokiEntry> entries = new ArrayList<>();
    private final CodedInputStream in;

    private LokiProtobuf(CodedInputStream in) {
        this.in = in;
    }

    /**
     * The entries in their order.
     *
     * @throws InvalidEventException if the body is no push
     */
    static List<LokiEntry> read(byte[] snappy) {
        try {
            LokiProtobuf reader = new LokiProtobuf(ProtobufWire.open(inflate(snappy)));
            reader.readPush();
            return reader.entries;
        } catch (IOException e) {
            throw PushRefusal.malformed("is not a push request of Loki in protobuf");
        }
    }

    /** The length after inflating, which stands at the beginning: it costs nothing to look before making room. */
    static int plainLength(byte[] snappy) {
        try {
            int length = Snappy.uncompressedLength(snappy);
            // It is unsigned.
            if (Integer.compareUnsigned(length, PushSize.MAX_BYTES) > 0) {
                throw PushRefusal.tooLarge("must have at most " + PushSize.MAX_BYTES + " bytes when decompressed");
            }
            return length;
        } catch (IOException e) {
            throw PushRefusal.malformed("is not a block of Snappy");
        }
    }

    private static byte[] inflate(byte[] snappy) {
        byte[] plain = new byte[plainLength(snappy)];
        try {
            Snappy.uncompress(snappy, 0, snappy.length, plain, 0);
            return plain;
        } catch (IOException e) {
            throw PushRefusal.malformed("is not a block of Snappy");
        }
    }

    private void readPush() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == STREAMS) {
                readStream();
            } else {
                ProtobufWire.skip(in, tag);
            }
        }
    }

    /** Its labels may stand behind its entries. */
    private void readStream() throws IOException {
        int outer = ProtobufWire.enter(in);
        Bag labels = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case LABELS -> LabelText.read(in.readString(), labels, size);
                case ENTRIES -> entries.add(readEntry(labels.object()));
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
    }

    private LokiEntry readEntry(ObjectNode labels) throws IOException {
        size.addLine();
        int outer = ProtobufWire.enter(in);
        Instant time = null;
        ByteString line = ByteString.EMPTY;
        Bag metadata = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case TIMESTAMP -> time = readTime();
                case LINE -> line = in.readBytes();
                case STRUCTURED_METADATA, PARSED -> readPair(metadata);
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        String bytes = line.isValidUtf8() ? null : Base64.getEncoder().encodeToString(line.toByteArray());
        return new LokiEntry(labels, time, line.toStringUtf8(), bytes, metadata.object());
    }

    private @Nullable Instant readTime() throws IOException {
        int outer = ProtobufWire.enter(in);
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case SECONDS -> seconds = in.readInt64();
                case NANOS -> nanos = in.readInt32();
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw PushRefusal.malformed("a time must be within the years 1 to 9999");
        }
        return seconds == 0 && nanos == 0 ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    private void readPair(Bag pairs) throws IOException {
        size.addValue();
        int outer = ProtobufWire.enter(in);
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case NAME -> name = in.readString();
                case VALUE -> value = in.readString();
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        pairs.put(name, value);
    }
}
