package dev.dise.runtime.generations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a generation of a store is good for. */
public enum GenerationState {
    /** A rebuild fills it, or was killed while it did and can go on. The sink leaves it alone. */
    BUILDING,
    /** Complete; the sink keeps it up to date, so that readers can be switched to it at any time. */
    FOLLOWING,
    /** What readers see; the sink keeps it up to date. */
    LIVE;

    /** The name in tables, JSON and the stores: {@code following}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
