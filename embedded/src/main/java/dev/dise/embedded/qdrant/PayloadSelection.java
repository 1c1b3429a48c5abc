package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which parts of a payload a request wants back. */
final class PayloadSelection {

    private final boolean keepsNamed;
    private final List<List<String>> paths;

    private PayloadSelection(boolean keepsNamed, List<String> names) {
        this.keepsNamed = keepsNamed;
        this.paths = names.stream().map(PayloadSelection::keys).toList();
    }

    static PayloadSelection of(WithPayloadSelector selector) {
        return switch (selector.getSelectorOptionsCase()) {
            case ENABLE -> selector.getEnable() ? everything() : nothing();
            case INCLUDE -> new PayloadSelection(true, selector.getInclude().getFieldsList());
            case EXCLUDE -> new PayloadSelection(false, selector.getExclude().getFieldsList());
            case SELECTOROPTIONS_NOT_SET -> nothing();
        };
    }

    static PayloadSelection everything() {
        return new PayloadSelection(false, List.of());
    }

    private static PayloadSelection nothing() {
        return new PayloadSelection(true, List.of());
    }

    /** Whether no part is wanted, so that the payload need not be read. */
    boolean isNothing() {
        return keepsNamed && paths.isEmpty();
    }

    Map<String, Value> of(Map<String, Value> payload) {
        return of(payload, paths);
    }

    private Map<String, Value> of(Map<String, Value> fields, List<List<String>> wanted) {
        Map<String, Value> kept = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            List<List<String>> below = wanted.stream()
                    .filter(path -> path.getFirst().equals(key))
                    .map(path -> path.subList(1, path.size()))
                    .toList();
            if (below.isEmpty() || below.stream().anyMatch(List::isEmpty)) {
                if (below.isEmpty() != keepsNamed) {
                    kept.put(key, value);
                }
            } else {
                kept.put(key, inside(value, below));
            }
        });
        return kept;
    }

    private Value inside(Value value, List<List<String>> below) {
        if (value.hasStructValue()) {
            Map<String, Value> fields = of(value.getStructValue().getFieldsMap(), below);
            return Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putAllFields(fields))
                    .build();
        }
        if (value.hasListValue()) {
            ListValue.Builder elements = ListValue.newBuilder();
            value.getListValue().getValuesList().forEach(element -> elements.addValues(inside(element, below)));
            return Value.newBuilder().setListValue(elements).build();
        }
        return value;
    }

    /** The path's keys; arrays are walked through without being asked. */
    private static List<String> keys(String name) {
        return PayloadPath.parse(name).steps().stream()
                .filter(PayloadPath.Key.class::isInstance)
                .map(step -> ((PayloadPath.Key) step).name())
                .toList();
    }
}
