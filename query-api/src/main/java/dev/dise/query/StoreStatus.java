package dev.dise.query;

import dev.dise.query.flow.Flow.StoreState;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Whether both stores answer, and how much they hold. Thread-safe. */
record StoreStatus(Database database, VectorStore vectors, Counts counts, Clock clock) {
    private static final String POSTGRESQL = "query-postgresql";
    private static final String QDRANT = "query-qdrant";

    /**
     * One store.
     *
     * @param reason why it cannot be reached; empty if it can
     */
    record Reachability(boolean reachable, String reason) {}

    /** The answer; a store that cannot be reached has no counts, and some counts may be estimates. Emitters tell of drops. */
    record Report(
            String time,
            Reachability postgresql,
            Reachability qdrant,
            Map<String, Map<String, Long>> counts,
            List<String> estimated,
            List<ObjectNode> dropped) {}

    @FunctionalInterface
    private interface Call {
        void run() throws StoreUnavailableException;
    }

    Report report() {
        Map<String, Map<String, Long>> found = new LinkedHashMap<>();
        List<String> estimated = new ArrayList<>();
        List<ObjectNode> dropped = new ArrayList<>();
        Reachability postgresql = attempt(() -> {
            RowCounts.Answer stored = counts.rows().of(null);
            found.put("postgres", stored.rows());
            estimated.addAll(stored.estimated());
            dropped.addAll(counts.losses().of(null));
        });
        Reachability qdrant = attempt(() -> {
            vectors.ping();
            found.put("qdrant", counts.artifacts().counts(null));
        });
        return new Report(EnvelopeHeaders.formatTime(clock.instant()), postgresql, qdrant, found, estimated, dropped);
    }

    /** Both stores as the flow shows them. */
    List<StoreState> states() {
        Reachability postgresql = attempt(database::ping);
        Reachability qdrant = attempt(vectors::ping);
        return List.of(
                new StoreState("postgres", "PostgreSQL", postgresql.reachable(), postgresql.reason()),
                new StoreState("qdrant", "Qdrant", qdrant.reachable(), qdrant.reason()));
    }

    /** How many events emitters told of as lost; 0 while that cannot be asked. */
    long dropped() {
        try {
            return counts.losses().of(null).stream()
                    .mapToLong(loss -> loss.path("events").asLong(0))
                    .sum();
        } catch (StoreUnavailableException | IllegalStateException e) {
            // The flow says beside it that PostgreSQL is away.
            return 0;
        }
    }

    /** Tells the health of this process that neither store was asked yet. */
    void begin(Health health) {
        List.of(POSTGRESQL, QDRANT).forEach(part -> health.report(part, State.STARTING, "not asked yet"));
    }

    /** Asks both stores for a sign of life and tells the health of this process. */
    void check(Health health) {
        tell(health, POSTGRESQL, attempt(database::ping));
        tell(health, QDRANT, attempt(vectors::ping));
    }

    private static void tell(Health health, String part, Reachability store) {
        health.report(part, store.reachable() ? State.UP : State.WAITING, store.reachable() ? "" : store.reason());
    }

    private static Reachability attempt(Call call) {
        try {
            call.run();
            return new Reachability(true, "");
        } catch (StoreUnavailableException | IllegalStateException e) {
            // The report is about just this: both have messages without rows and statements.
            return new Reachability(false, String.valueOf(e.getMessage()));
        }
    }
}
