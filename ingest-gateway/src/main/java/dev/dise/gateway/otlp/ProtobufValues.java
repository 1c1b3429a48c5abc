package dev.dise.gateway.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.ProtobufWire;
import dev.dise.gateway.logs.PushSize;
import java.io.IOException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads {@code AnyValue} and {@code KeyValue} of {@code opentelemetry.proto.common.v1}. Bytes become Base64, and so does the
 * protobuf of what is nested deeper than {@link PushSize#MAX_DEPTH}.
 */
final class ProtobufValues {
    private static final int STRING_VALUE = 1 << 3 | ProtobufWire.LENGTH;
    private static final int BOOL_VALUE = 2 << 3 | ProtobufWire.VARINT;
    private static final int INT_VALUE = 3 << 3 | ProtobufWire.VARINT;
    private static final int DOUBLE_VALUE = 4 << 3 | ProtobufWire.FIXED64;
    private static final int ARRAY_VALUE = 5 << 3 | ProtobufWire.LENGTH;
    private static final int KVLIST_VALUE = 6 << 3 | ProtobufWire.LENGTH;
    private static final int BYTES_VALUE = 7 << 3 | ProtobufWire.LENGTH;

    private static final int VALUES = 1 << 3 | ProtobufWire.LENGTH;

    private static final int KEY = 1 << 3 | ProtobufWire.LENGTH;
    private static final int VALUE = 2 << 3 | ProtobufWire.LENGTH;

    private final CodedInputStream in;
    private final PushSize size;

    ProtobufValues(CodedInputStream in, PushSize size) {
        this.in = in;
        this.size = size;
    }

    /** Reads the {@code AnyValue} that stands here; one that is empty is null. */
    JsonNode value() throws IOException {
        return value(1);
    }

    /** Reads the {@code KeyValue} that stands here. */
    void addPair(Bag pairs) throws IOException {
        addPair(pairs, 1);
    }

    private JsonNode value(int depth) throws IOException {
        size.addValue();
        int outer = ProtobufWire.enter(in);
        JsonNode value = NullNode.getInstance();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case STRING_VALUE -> value = StringNode.valueOf(in.readString());
                case BOOL_VALUE -> value = BooleanNode.valueOf(in.readBool());
                case INT_VALUE -> value = LongNode.valueOf(in.readInt64());
                case DOUBLE_VALUE -> value = Doubles.node(in.readDouble());
                case ARRAY_VALUE -> value = depth < PushSize.MAX_DEPTH ? array(depth) : base64(in.readBytes());
                case KVLIST_VALUE -> value = depth < PushSize.MAX_DEPTH ? pairs(depth) : base64(in.readBytes());
                case BYTES_VALUE -> value = base64(in.readBytes());
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        return value;
    }

    private JsonNode array(int depth) throws IOException {
        int outer = ProtobufWire.enter(in);
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == VALUES) {
                values.add(value(depth + 1));
            } else {
                ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        return values;
    }

    private JsonNode pairs(int depth) throws IOException {
        int outer = ProtobufWire.enter(in);
        Bag pairs = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == VALUES) {
                addPair(pairs, depth + 1);
            } else {
                ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        return pairs.object();
    }

    private void addPair(Bag pairs, int depth) throws IOException {
        int outer = ProtobufWire.enter(in);
        String key = "";
        JsonNode value = NullNode.getInstance();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case KEY -> key = in.readString();
                case VALUE -> value = value(depth);
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        pairs.put(key, value);
    }

    private static JsonNode base64(ByteString bytes) {
        return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
}
