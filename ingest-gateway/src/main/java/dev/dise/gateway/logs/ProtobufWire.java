package dev.dise.gateway.logs;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/**
 * Reads protobuf messages field by field: enter, read tags until 0, leave. A field of an unknown number or of another wire
 * type than expected is passed over, as protobuf has it.
 */
public final class ProtobufWire {
    /** The wire types of tags: a tag is {@code number << 3 | type}. */
    public static final int VARINT = 0;

    public static final int FIXED64 = 1;
    public static final int LENGTH = 2;
    public static final int FIXED32 = 5;

    private ProtobufWire() {}

    /** The message that is the whole of the bytes. */
    public static CodedInputStream open(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.pushLimit(bytes.length);
        return in;
    }

    /** Begins the message that stands here; what is returned is for {@link #leave}. */
    public static int enter(CodedInputStream in) throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    /** Ends the message that was entered, after its tag 0. */
    public static void leave(CodedInputStream in, int outer) throws IOException {
        if (in.getBytesUntilLimit() != 0) {
            throw new InvalidProtocolBufferException("a message ends before its end");
        }
        in.popLimit(outer);
    }

    /** Passes over a field that means nothing here. */
    public static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("a group ends that did not begin");
        }
    }
}
