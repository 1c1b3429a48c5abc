package dev.dise.operations.rebuild;

import dev.dise.embedding.ModelCard;
import dev.dise.operations.audit.Deeds;
import dev.dise.pg.generations.PgGenerations;
import dev.dise.rag.generations.NewModel;
import dev.dise.rag.generations.Overlap;
import dev.dise.rag.generations.QdrantGenerations;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The generations of a store; what is done to them is taken down in the audit. Connects with the first call. */
public final class Generations implements StoreGenerations {
    /** Those that can be rebuilt. */
    public static final List<Store> STORES = List.of(Store.POSTGRES, Store.QDRANT);

    private final StoreGenerations generations;
    private final Deeds deeds;

    private Generations(StoreGenerations generations, Deeds deeds) {
        this.generations = generations;
        this.deeds = deeds;
    }

    /**
     * Opens them; who asks closes them.
     *
     * @param by who does what is done; for the audit
     */
    public static Generations open(Store store, DiseConfig config, String by) {
        StoreGenerations generations = switch (store) {
            case POSTGRES -> PgGenerations.of(config);
            case QDRANT -> QdrantGenerations.of(config, new Metrics());
        };
        return new Generations(generations, new Deeds(new KafkaClients(config.kafka()), by, Clock.systemUTC()));
    }

    @Override
    public Store store() {
        return generations.store();
    }

    @Override
    public List<GenerationInfo> list() {
        return generations.list();
    }

    @Override
    public RebuildReport rebuild(RebuildOptions options, WorkProgress progress) {
        return rebuild(RebuildOrder.of(options), progress).report();
    }

    /**
     * The same, perhaps with another model.
     *
     * @throws IllegalArgumentException if the store has no models
     */
    public RebuildResult rebuild(RebuildOrder order, WorkProgress progress) {
        return rebuild(order, overlap -> {}, progress);
    }

    /**
     * The same.
     *
     * @param told is told how much both models agree, before readers are switched
     */
    public RebuildResult rebuild(RebuildOrder order, Consumer<Overlap> told, WorkProgress progress) {
        NewModelOrder model = order.model();
        AtomicReference<@Nullable Overlap> overlap = new AtomicReference<>();
        RebuildReport report = deeds.note(
                "rebuild",
                store().wireName(),
                () -> model == null
                        ? generations.rebuild(order.options(), progress)
                        : qdrant().rebuild(
                                        new NewModel(model.card(), model.queries(), model.minOverlap(), found -> {
                                            overlap.set(found);
                                            told.accept(found);
                                        }),
                                        order.options(),
                                        progress),
                Generations::detail);
        return new RebuildResult(report, overlap.get());
    }

    /**
     * What a new model would cost; embeds a sample to measure it, and changes nothing.
     *
     * @param pricePerMillion of tokens; null if it is not known
     * @throws IllegalArgumentException if the store has no models
     */
    public ModelCost cost(ModelCard card, @Nullable Double pricePerMillion, WorkProgress progress) {
        return new ModelCost(card.label(), qdrant().cost(card, pricePerMillion, progress));
    }

    @Override
    public Duration switchTo(int number) {
        return deeds.note(
                "switch", store().wireName(), () -> generations.switchTo(number), waited -> numbered(number, waited));
    }

    @Override
    public Duration rollback() {
        return deeds.note(
                "rollback",
                store().wireName(),
                generations::rollback,
                waited -> Map.of("held_up_millis", Long.toString(waited.toMillis())));
    }

    @Override
    public void drop(int number) {
        int unused = deeds.note(
                "drop",
                store().wireName(),
                () -> {
                    generations.drop(number);
                    return number;
                },
                dropped -> Map.of("generation", Integer.toString(dropped)));
    }

    @Override
    public String digest(int number) {
        return generations.digest(number);
    }

    @Override
    public void close() {
        generations.close();
    }

    private QdrantGenerations qdrant() {
        if (generations instanceof QdrantGenerations qdrant) {
            return qdrant;
        }
        throw new IllegalArgumentException("a model is of qdrant: " + store().wireName() + " has none");
    }

    private static Map<String, String> numbered(int number, Duration waited) {
        return Map.of("generation", Integer.toString(number), "held_up_millis", Long.toString(waited.toMillis()));
    }

    private static Map<String, String> detail(RebuildReport report) {
        return Map.of(
                "generation", Integer.toString(report.generation().number()),
                "state", report.generation().state().wireName(),
                "records", Long.toString(report.records()),
                "digest", report.digest());
    }
}
