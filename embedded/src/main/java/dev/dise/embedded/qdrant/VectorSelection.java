package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.util.HashSet;
import java.util.Set;

/**
 * Which vectors of a point a request wants back.
 *
 * @param names none where no vector is wanted
 */
record VectorSelection(Set<String> names) {

    static final VectorSelection NONE = new VectorSelection(Set.of());

    VectorSelection {
        names = Set.copyOf(names);
    }

    static VectorSelection of(WithVectorsSelector selector, VectorSchema schema) {
        return switch (selector.getSelectorOptionsCase()) {
            case ENABLE -> selector.getEnable() ? all(schema) : NONE;
            case INCLUDE -> {
                selector.getInclude().getNamesList().forEach(schema::require);
                yield new VectorSelection(Set.copyOf(selector.getInclude().getNamesList()));
            }
            case SELECTOROPTIONS_NOT_SET -> NONE;
        };
    }

    static VectorSelection all(VectorSchema schema) {
        Set<String> names = new HashSet<>(schema.dense().keySet());
        names.addAll(schema.sparse().keySet());
        return new VectorSelection(names);
    }

    static VectorSelection only(String name) {
        return new VectorSelection(Set.of(name));
    }

    boolean isWanted(String name) {
        return names.contains(name);
    }
}
