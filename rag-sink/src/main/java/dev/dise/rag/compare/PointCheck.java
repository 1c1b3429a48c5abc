package dev.dise.rag.compare;

import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;

/**
 * Compares a collection with the vectors topic that it comes from, while both are written to. What seems to be wrong is looked
 * at again until the topic has said nothing newer of the point, and the sink had written what it says before the point was
 * looked at: then it is wrong. Memory is bounded; a temporary file has what should be there.
 */
public final class PointCheck {
    private final Qdrant qdrant;
    private final Place place;
    private final KafkaClients kafka;
    private final Clock clock;

    /**
     * What is compared.
     *
     * @param topic that the points come from
     * @param collection that they are in; may be an alias
     * @param group of the sink that writes them
     */
    public record Place(String topic, String collection, String group) {}

    /** Connects to nothing yet. */
    public PointCheck(Qdrant qdrant, Place place, KafkaClients kafka, Clock clock) {
        this.qdrant = qdrant;
        this.place = place;
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * Compares, and mends if that is asked for. A point that becomes newer meanwhile is left to the sink.
     *
     * @throws IllegalStateException if Qdrant or Kafka cannot be reached
     */
    public Comparison run(CompareOptions options, WorkProgress progress) {
        Instant begun = clock.instant();
        Instant since = options.since();
        ScanStart start = since == null ? new ScanStart.Beginning() : new ScanStart.Since(since);
        try (ExpectedPoints expected = ExpectedPoints.open();
                CollectionReader collection = new CollectionReader(qdrant, place.collection())) {
            VectorsHistory history =
                    new VectorsHistory(kafka, place.topic(), place.group(), collection.dimension(), start);
            history.readOn(expected, progress);
            Rounds rounds = new Rounds(expected, collection, history, new Judging(since == null));
            if (since == null) {
                rounds.lookAtAll(progress);
            } else {
                expected.suspectAll();
            }
            rounds.settle(progress);
            PointFindings found = new PointFindings(expected, place, options.limit());
            long mended = options.repair() ? mend(rounds, expected, collection, found, progress) : 0;
            return found.comparison(history.records(), mended, begun, clock.instant());
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(
                    "cannot compare " + place.collection() + " with " + place.topic() + ": " + e.getMessage(), e);
        }
    }

    private static long mend(
            Rounds rounds,
            ExpectedPoints expected,
            CollectionReader collection,
            PointFindings found,
            WorkProgress progress)
            throws StoreUnavailableException {
        if (found.count() == 0) {
            return 0;
        }
        new PointMending(expected, collection).run(progress);
        expected.suspectFound();
        rounds.settle(progress);
        return found.count() - new PointFindings(expected, found.place(), 0).count();
    }
}
