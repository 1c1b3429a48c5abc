package dev.dise.operations.verify;

import dev.dise.operations.audit.Deeds;
import dev.dise.operations.ledger.LinePlaces;
import dev.dise.pg.compare.TableCheck;
import dev.dise.rag.compare.PointCheck;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.schemas.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the stores with the topics that they come from, and the topics with each other; mends what differs if that is asked
 * for, and nothing else. The line may be used meanwhile.
 */
public final class Verification {
    private final DiseConfig config;
    private final LinePlaces places;
    private final KafkaClients kafka;
    private final Clock clock;

    /** Connects to nothing yet. */
    public Verification(DiseConfig config, LinePlaces places, Clock clock) {
        this.config = config;
        this.places = places;
        this.kafka = new KafkaClients(config.kafka());
        this.clock = clock;
    }

    /**
     * Compares and mends.
     *
     * @param stores which stores; the topics are compared if it is all of them
     * @param by who wants it; that something was to be mended stands in the audit
     * @throws IllegalStateException if Kafka or one of the stores cannot be reached
     */
    public VerificationReport run(Set<Store> stores, CompareOptions options, String by, WorkProgress progress) {
        if (!options.repair()) {
            return compare(stores, options, progress);
        }
        String target = stores.stream().map(Store::wireName).sorted().collect(Collectors.joining(","));
        return new Deeds(kafka, by, clock)
                .note(
                        "repair",
                        target,
                        () -> compare(stores, options, progress),
                        report -> Map.of(
                                "found", Long.toString(report.found()),
                                "mended", Long.toString(report.mended())));
    }

    private VerificationReport compare(Set<Store> stores, CompareOptions options, WorkProgress progress) {
        List<Comparison> comparisons = new ArrayList<>();
        boolean all = stores.containsAll(Set.of(Store.values()));
        if (all && config.database().enabled()) {
            comparisons.addAll(new HopCheck(config, places, clock).run(options, progress));
        }
        if (stores.contains(Store.POSTGRES) && config.database().enabled()) {
            Forgotten forgotten = Forgotten.now(kafka);
            comparisons.add(new TableCheck(config.database(), kafka, forgotten::isForgotten, clock)
                    .run(options, told("PostgreSQL", progress)));
        }
        if (stores.contains(Store.QDRANT)) {
            PointCheck.Place place = new PointCheck.Place(places.vectorsTopic(), places.collection(), places.writer());
            comparisons.add(
                    new PointCheck(config.rag().qdrant(), place, kafka, clock).run(options, told("Qdrant", progress)));
        }
        return new VerificationReport(comparisons);
    }

    private static WorkProgress told(String store, WorkProgress progress) {
        return (phase, done, total) -> progress.at(store + ": " + phase, done, total);
    }
}
