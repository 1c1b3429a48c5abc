package dev.dise.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where events end up. */
public enum Store {
    /** PostgreSQL: filtered, joined and counted. */
    POSTGRES,
    /** Qdrant: found by meaning. */
    QDRANT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in questions and answers: {@code qdrant}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The store of that wire name. */
    public static Optional<Store> forWireName(String wireName) {
        return Arrays.stream(values())
                .filter(store -> store.wireName.equals(wireName))
                .findFirst();
    }
}
