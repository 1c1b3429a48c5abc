package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes parts of a payload and leaves the rest. The payloads given are not touched. */
final class PayloadEdits {

    private PayloadEdits() {}

    /** The payload with these fields in it. As in Qdrant a null takes its field away. */
    static Map<String, Value> merged(Map<String, Value> payload, Map<String, Value> fields) {
        Map<String, Value> merged = new HashMap<>(payload);
        fields.forEach((key, value) -> {
            if (value.hasNullValue()) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    /** The payload with these fields in the object at the path, which is made where it is not. */
    static Map<String, Value> mergedAt(Map<String, Value> payload, PayloadPath path, Map<String, Value> fields) {
        return in(object(payload), path.steps(), fields).getStructValue().getFieldsMap();
    }

    private static Value in(Value value, List<PayloadPath.Step> steps, Map<String, Value> fields) {
        if (steps.isEmpty()) {
            return object(merged(value.getStructValue().getFieldsMap(), fields));
        }
        List<PayloadPath.Step> rest = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case PayloadPath.Key key -> {
                Map<String, Value> changed =
                        new HashMap<>(value.getStructValue().getFieldsMap());
                Value inner = changed.getOrDefault(key.name(), Value.getDefaultInstance());
                changed.put(key.name(), in(inner, rest, fields));
                yield object(changed);
            }
            case PayloadPath.Index index -> {
                List<Value> changed = new ArrayList<>(value.getListValue().getValuesList());
                if (index.position() < changed.size()) {
                    changed.set(index.position(), in(changed.get(index.position()), rest, fields));
                }
                yield array(changed);
            }
            case PayloadPath.Each each ->
                array(value.getListValue().getValuesList().stream()
                        .map(element -> in(element, rest, fields))
                        .toList());
        };
    }

    static Map<String, Value> without(Map<String, Value> payload, List<PayloadPath> paths) {
        Value rest = object(payload);
        for (PayloadPath path : paths) {
            rest = without(rest, path.steps());
        }
        return rest.getStructValue().getFieldsMap();
    }

    /** Where the path does not fit the value there is nothing to take away. */
    private static Value without(Value value, List<PayloadPath.Step> steps) {
        List<PayloadPath.Step> rest = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case PayloadPath.Key key -> value.hasStructValue() ? withoutField(value, key, rest) : value;
            case PayloadPath.Index index -> value.hasListValue() ? withoutElement(value, index, rest) : value;
            case PayloadPath.Each each -> value.hasListValue() ? withoutEach(value, rest) : value;
        };
    }

    private static Value withoutField(Value value, PayloadPath.Key key, List<PayloadPath.Step> rest) {
        Map<String, Value> changed = new HashMap<>(value.getStructValue().getFieldsMap());
        changed.computeIfPresent(key.name(), (name, inner) -> rest.isEmpty() ? null : without(inner, rest));
        return object(changed);
    }

    private static Value withoutElement(Value value, PayloadPath.Index index, List<PayloadPath.Step> rest) {
        List<Value> changed = new ArrayList<>(value.getListValue().getValuesList());
        if (index.position() >= changed.size()) {
            return value;
        }
        Value inner = changed.remove(index.position());
        if (!rest.isEmpty()) {
            changed.add(index.position(), without(inner, rest));
        }
        return array(changed);
    }

    private static Value withoutEach(Value value, List<PayloadPath.Step> rest) {
        return rest.isEmpty()
                ? array(List.of())
                : array(value.getListValue().getValuesList().stream()
                        .map(element -> without(element, rest))
                        .toList());
    }

    private static Value object(Map<String, Value> fields) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putAllFields(fields))
                .build();
    }

    private static Value array(List<Value> values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(values))
                .build();
    }
}
