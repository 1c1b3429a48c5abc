package dev.dise.rag;

import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import tools.jackson.databind.JsonNode;

/** JSON as Qdrant's values. */
final class QdrantValues {
    private QdrantValues() {}

    static Value from(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> struct(node);
            case ARRAY -> list(node);
            case STRING -> value(node.stringValue());
            case BOOLEAN -> value(node.booleanValue());
            case NUMBER -> number(node);
            case NULL, MISSING, BINARY, POJO -> nullValue();
        };
    }

    /** Qdrant has 64 bits for a number; what is beyond them keeps its digits as text. */
    private static Value number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return value(node.longValue());
        }
        double figure = node.decimalValue().doubleValue();
        return Double.isFinite(figure) ? value(figure) : value(node.toString());
    }

    private static Value struct(JsonNode node) {
        Struct.Builder struct = Struct.newBuilder();
        node.forEachEntry((name, child) -> struct.putFields(name, from(child)));
        return Value.newBuilder().setStructValue(struct).build();
    }

    private static Value list(JsonNode node) {
        ListValue.Builder list = ListValue.newBuilder();
        node.forEach(child -> list.addValues(from(child)));
        return Value.newBuilder().setListValue(list).build();
    }
}
