package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import java.util.Map;

/** The field indexes a collection was asked to have. Filters need none; an order by a field does, as in Qdrant. */
record FieldIndexes(Map<String, PayloadSchemaInfo> schema) {

    /** The type of the field's index, which orders its values. */
    PayloadSchemaType ordered(String key) {
        PayloadSchemaInfo info = schema.get(key);
        PayloadSchemaType type = info == null ? PayloadSchemaType.UnknownType : info.getDataType();
        return switch (type) {
            case Integer, Float, Datetime -> type;
            default ->
                throw QdrantError.wrongInput(
                        "No range index for `order_by` key: `" + key + "`. Please create one to use `order_by`.");
        };
    }
}
