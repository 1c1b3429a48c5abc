package dev.dise.gateway.otlp;

import com.google.protobuf.CodedInputStream;
import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.ProtobufWire;
import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest} in protobuf. */
final class OtlpProtobuf {
    private static final int RESOURCE_LOGS = 1 << 3 | ProtobufWire.LENGTH;

    private static final int RESOURCE = 1 << 3 | ProtobufWire.LENGTH;
    private static final int SCOPE_LOGS = 2 << 3 | ProtobufWire.LENGTH;

    private static final int RESOURCE_ATTRIBUTES = 1 << 3 | ProtobufWire.LENGTH;
    private static final int RESOURCE_DROPPED = 2 << 3 | ProtobufWire.VARINT;

    private static final int SCOPE = 1 << 3 | ProtobufWire.LENGTH;
    private static final int LOG_RECORDS = 2 << 3 | ProtobufWire.LENGTH;
    private static final int SCHEMA_URL = 3 << 3 | ProtobufWire.LENGTH;

    private static final int SCOPE_NAME = 1 << 3 | ProtobufWire.LENGTH;
    private static final int SCOPE_VERSION = 2 << 3 | ProtobufWire.LENGTH;
    private static final int SCOPE_ATTRIBUTES = 3 << 3 | ProtobufWire.LENGTH;
    private static final int SCOPE_DROPPED = 4 << 3 | ProtobufWire.VARINT;

    private static final int TIME = 1 << 3 | ProtobufWire.FIXED64;
    private static final int SEVERITY_NUMBER = 2 << 3 | ProtobufWire.VARINT;
    private static final int SEVERITY_TEXT = 3 << 3 | ProtobufWire.LENGTH;
    private static final int BODY = 5 << 3 | ProtobufWire.LENGTH;
    private static final int ATTRIBUTES = 6 << 3 | ProtobufWire.LENGTH;
    private static final int DROPPED = 7 << 3 | ProtobufWire.VARINT;
    private static final int FLAGS = 8 << 3 | ProtobufWire.FIXED32;
    private static final int TRACE_ID = 9 << 3 | ProtobufWire.LENGTH;
    private static final int SPAN_ID = 10 << 3 | ProtobufWire.LENGTH;
    private static final int OBSERVED_TIME = 11 << 3 | ProtobufWire.FIXED64;
    private static final int EVENT_NAME = 12 << 3 | ProtobufWire.LENGTH;

    private final PushSize size = new PushSize();
    private final List<OtlpRecord> records = new ArrayList<>();
    private final CodedInputStream in;
    private final ProtobufValues values;

    private OtlpProtobuf(CodedInputStream in) {
        this.in = in;
        this.values = new ProtobufValues(in, size);
    }

    /**
     * The records in their order.
     *
     * @throws InvalidEventException if the body is no such request
     */
    static List<OtlpRecord> read(byte[] body) {
        try {
            OtlpProtobuf reader = new OtlpProtobuf(ProtobufWire.open(body));
            reader.readRequest();
            return reader.records;
        } catch (IOException e) {
            throw PushRefusal.malformed("is not an ExportLogsServiceRequest in protobuf");
        }
    }

    private void readRequest() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == RESOURCE_LOGS) {
                readResourceLogs();
            } else {
                ProtobufWire.skip(in, tag);
            }
        }
    }

    private void readResourceLogs() throws IOException {
        int outer = ProtobufWire.enter(in);
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case RESOURCE -> readResource(resource);
                case SCOPE_LOGS -> readScopeLogs(resource);
                case SCHEMA_URL -> resource.put(Names.SCHEMA_URL, in.readString());
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
    }

    private void readResource(ObjectNode resource) throws IOException {
        int outer = ProtobufWire.enter(in);
        Bag attributes = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case RESOURCE_ATTRIBUTES -> values.addPair(attributes);
                case RESOURCE_DROPPED -> resource.put(Names.DROPPED_ATTRIBUTES, unsigned(in.readUInt32()));
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        resource.set(Names.ATTRIBUTES, attributes.object());
    }

    private void readScopeLogs(ObjectNode resource) throws IOException {
        int outer = ProtobufWire.enter(in);
        ObjectNode scope = JsonNodeFactory.instance.objectNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case SCOPE -> readScope(scope);
                case LOG_RECORDS -> readRecord(new OtlpRecord(resource, scope));
                case SCHEMA_URL -> scope.put(Names.SCHEMA_URL, in.readString());
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
    }

    private void readScope(ObjectNode scope) throws IOException {
        int outer = ProtobufWire.enter(in);
        Bag attributes = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case SCOPE_NAME -> scope.put(Names.NAME, in.readString());
                case SCOPE_VERSION -> scope.put(Names.VERSION, in.readString());
                case SCOPE_ATTRIBUTES -> values.addPair(attributes);
                case SCOPE_DROPPED -> scope.put(Names.DROPPED_ATTRIBUTES, unsigned(in.readUInt32()));
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        if (!attributes.object().isEmpty()) {
            scope.set(Names.ATTRIBUTES, attributes.object());
        }
    }

    private void readRecord(OtlpRecord record) throws IOException {
        size.addLine();
        int outer = ProtobufWire.enter(in);
        Bag attributes = new Bag();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case TIME -> record.time = in.readFixed64();
                case OBSERVED_TIME -> record.observedTime = in.readFixed64();
                case SEVERITY_NUMBER -> record.severityNumber = in.readEnum();
                case SEVERITY_TEXT -> record.severityText = in.readString();
                case EVENT_NAME -> record.eventName = in.readString();
                case BODY -> record.body = values.value();
                case ATTRIBUTES -> values.addPair(attributes);
                case DROPPED -> record.droppedAttributes = unsigned(in.readUInt32());
                case FLAGS -> record.flags = in.readFixed32();
                case TRACE_ID -> record.traceId = hex();
                case SPAN_ID -> record.spanId = hex();
                default -> ProtobufWire.skip(in, tag);
            }
        }
        ProtobufWire.leave(in, outer);
        record.attributes = attributes.object();
        records.add(record);
    }

    private String hex() throws IOException {
        return HexFormat.of().formatHex(in.readByteArray());
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
