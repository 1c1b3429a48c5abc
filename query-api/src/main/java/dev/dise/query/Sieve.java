package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is known elsewhere of artifacts that a search finds. Belongs to one question. */
public interface Sieve {
    /** Whether it keeps hits back, so that more than those that are told must be looked at. */
    boolean isNarrowing();

    /** Learns what is known of tools, of all that it does not know yet. */
    void learn(Set<String> toolIds) throws StoreUnavailableException;

    /** Whether an artifact of that tool, or of none, is to be told. What it is asked of it has learned. */
    boolean passes(@Nullable String toolId);

    /** Adds what it knows to a hit. */
    void addTo(ObjectNode hit, @Nullable String toolId);

    /** Knows nothing. */
    static Sieve none() {
        return new Sieve() {
            @Override
            public boolean isNarrowing() {
                return false;
            }

            @Override
            public void learn(Set<String> toolIds) {}

            @Override
            public boolean passes(@Nullable String toolId) {
                return true;
            }

            @Override
            public void addTo(ObjectNode hit, @Nullable String toolId) {}
        };
    }
}
