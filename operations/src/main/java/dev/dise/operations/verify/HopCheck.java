package dev.dise.operations.verify;

import dev.dise.operations.ledger.Ledger;
import dev.dise.operations.ledger.LinePlaces;
import dev.dise.pg.ledger.Unexplained;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.runtime.compare.Finding.Kind;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Store;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the topics with each other: what was accepted must have passed on to each topic that its route names, or be a dead
 * letter, unless its reader has not come to it yet.
 */
final class HopCheck {
    /** What is missing in a store alone is the stores' own comparison. */
    private static final Set<String> STORES = Set.of("postgres", "qdrant");
    /** More than are listed may be there; beyond this many they are not counted one by one. */
    private static final int MOST = 100_000;

    private final DiseConfig config;
    private final LinePlaces places;
    private final Clock clock;

    HopCheck(DiseConfig config, LinePlaces places, Clock clock) {
        this.config = config;
        this.places = places;
        this.clock = clock;
    }

    /** One comparison for each side of the line. */
    List<Comparison> run(CompareOptions options, WorkProgress progress) {
        Instant begun = clock.instant();
        List<Unexplained> unrouted = new Ledger(config, places, clock)
                .unexplained(options.since(), MOST, progress).stream()
                        .filter(event -> !STORES.contains(event.missingIn()))
                        .toList();
        long mended = 0;
        if (options.repair() && !unrouted.isEmpty()) {
            progress.at("sending again", 0, unrouted.size());
            mended = new Rerouting(config).send(unrouted);
        }
        List<Finding> findings =
                unrouted.stream().limit(options.limit()).map(this::finding).toList();
        Map<Kind, Long> counts = unrouted.isEmpty() ? Map.of() : Map.of(Kind.UNROUTED, (long) unrouted.size());
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(new Comparison(
                Store.POSTGRES,
                Topic.EVENTS.topicName(),
                0,
                counts,
                0,
                0,
                mended,
                findings,
                Duration.between(begun, clock.instant())));
        return comparisons;
    }

    private Finding finding(Unexplained event) {
        String topic = event.missingIn().equals("vectors") ? places.vectorsTopic() : event.missingIn();
        Store store = topic.equals(Topic.BULK.topicName()) ? Store.POSTGRES : Store.QDRANT;
        String id = event.eventId();
        return new Finding(
                store, Kind.UNROUTED, topic, id == null ? event.position() : id, id, event.position(), List.of());
    }
}
