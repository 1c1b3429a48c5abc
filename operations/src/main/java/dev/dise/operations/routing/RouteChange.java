package dev.dise.operations.routing;

import dev.dise.operations.slice.Audit;
import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.Reach;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.operations.slice.SliceReader;
import dev.dise.router.Routes;
import dev.dise.runtime.config.StorageRules;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change of the storage rules, tried on the past events of {@code dise.events}: by the routes of before and after, as the
 * router decides them. Services take the new rules when they start next; this only moves what came before.
 */
public final class RouteChange {
    private static final String EVENTS = Topic.EVENTS.topicName();

    private final KafkaClients kafka;
    private final StorageRules before;
    private final StorageRules after;
    private final Audit audit;
    private final Patience patience;
    private final Clock clock;

    /** From the rules of one config to those of another. */
    public RouteChange(KafkaClients kafka, StorageRules before, StorageRules after, Audit audit) {
        this(kafka, before, after, audit, Patience.standard(), Clock.systemUTC());
    }

    RouteChange(
            KafkaClients kafka, StorageRules before, StorageRules after, Audit audit, Patience patience, Clock clock) {
        this.kafka = kafka;
        this.before = before;
        this.after = after;
        this.audit = audit;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Counts what would move, and changes nothing.
     *
     * @param since from what the topic got then; null for its beginning
     */
    public RouteReport diff(@Nullable Instant since, SliceProgress progress) {
        Moves moves = moves();
        long read = reader().look(since, moves::of, progress);
        return moves.report(false, read, null, gap(since));
    }

    /**
     * Sends each past event to the topics that it would go to now and did not go to before. Killed at any moment, the same
     * again goes on; what is sent twice is stored once.
     *
     * @param name what tells this backfill from others of the same rules
     * @param restart whether to begin anew
     * @param by who wants it
     */
    public RouteReport apply(@Nullable Instant since, String name, boolean restart, String by, SliceProgress progress) {
        Moves moves = moves();
        SliceReader.Slice slice =
                new SliceReader.Slice("route-apply", name + " " + shown(before) + " " + shown(after), since, restart);
        RouteReport report;
        try (Backfill backfill = new Backfill(kafka, patience)) {
            SliceReader.Result result =
                    reader().read(slice, records -> backfill.send(moves.of(records), progress), progress);
            report = moves.report(result.resumed(), result.read(), backfill.sent(), gap(since));
        }
        audit.note(new Audit.Entry(
                "route-apply",
                by,
                clock.instant(),
                EVENTS,
                Map.of(
                        "read", report.read(),
                        "extra_rows", report.total(TypeMove::extraRows),
                        "extra_embeddings", report.total(TypeMove::extraEmbeddings))));
        return report;
    }

    private Moves moves() {
        return new Moves(new Routes(before), new Routes(after), Forgotten.now(kafka));
    }

    private SliceReader reader() {
        return new SliceReader(kafka, EVENTS, patience);
    }

    private @Nullable String gap(@Nullable Instant since) {
        return Reach.gap(kafka, EVENTS, since).orElse(null);
    }

    private static String shown(StorageRules rules) {
        return new TreeMap<>(rules.strategies()) + " " + rules.storeGeneratedTools();
    }
}
