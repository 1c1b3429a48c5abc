package dev.dise.rag.generations;

import dev.dise.embedding.ModelCard;
import dev.dise.embedding.Models;
import dev.dise.rag.Halves;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.Failpoints;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The generations of the collection. Each collection says itself what it is, so any process may look; one at a time may
 * change something, which {@link RebuildLock} sees to. Connects with the first call.
 */
public final class QdrantGenerations implements StoreGenerations {
    private final GenerationsParts parts;

    private QdrantGenerations(GenerationsParts parts) {
        this.parts = parts;
    }

    /** The generations of the config's collection. */
    public static QdrantGenerations of(DiseConfig config, Metrics metrics) {
        return of(
                config,
                new Models(config.rag().embedding()),
                metrics,
                Failpoints.from(System.getProperty(Failpoints.PROPERTY, "")));
    }

    static QdrantGenerations of(DiseConfig config, Models models, Metrics metrics, Failpoints failpoints) {
        QdrantLink link = new QdrantLink(config.rag().qdrant());
        Places places = new Places(new KafkaClients(config.kafka()));
        return new QdrantGenerations(new GenerationsParts(
                config,
                link,
                new GenerationCatalog(link, config.rag(), Clock.systemUTC()),
                places,
                new SourceTopics(places, config.kafka()),
                new Halves(config, models, Halves.temporaryState(), metrics, failpoints)));
    }

    @Override
    public Store store() {
        return Store.QDRANT;
    }

    @Override
    public List<GenerationInfo> list() {
        return parts.generations().stream().map(parts::info).toList();
    }

    /** The topics of vectors that some generation is built from: all that hold points. */
    public List<String> topics() {
        return parts.generations().stream()
                .map(generation -> generation.source().topic())
                .distinct()
                .toList();
    }

    /** The model of what readers see; that of the config, if they see nothing yet. */
    public ModelCard liveModel() {
        return GenerationCatalog.live(parts.generations())
                .map(Generation::model)
                .orElse(ModelCard.of(parts.config().rag().embedding()));
    }

    @Override
    public RebuildReport rebuild(RebuildOptions options, WorkProgress progress) {
        return rebuild(null, options, progress);
    }

    /**
     * The same with another model: embeds {@code dise.rag} anew beside the live generation, each text once, and compares what
     * both find before it switches.
     *
     * @throws IllegalStateException if, besides, both agree on less than is demanded: then it follows, and is not switched to
     */
    public RebuildReport rebuild(@Nullable NewModel model, RebuildOptions options, WorkProgress progress) {
        if (options.fromArchive()) {
            throw new IllegalArgumentException("there is no archive of vectors to read: "
                    + "dise.vectors is compacted and keeps every point, and dise.rag keeps every event");
        }
        return locked(lock -> new RebuildRun(parts, lock, model, options, progress).run());
    }

    /**
     * What a new model would cost; embeds a sample to measure it.
     *
     * @param pricePerMillion of tokens; null if it is not known
     */
    public Cost cost(ModelCard card, @Nullable Double pricePerMillion, WorkProgress progress) {
        return new CostEstimate()
                .of(
                        card,
                        pricePerMillion,
                        new KafkaClients(parts.config().kafka()),
                        parts.halves().models(),
                        progress);
    }

    @Override
    public Duration switchTo(int number) {
        return locked(lock -> new Switch(parts, lock).to(parts.require(number)));
    }

    @Override
    public Duration rollback() {
        return locked(lock -> {
            Generation live = parts.requireLive();
            if (live.former() == 0) {
                throw new IllegalStateException("readers saw nothing before generation " + live.number());
            }
            return new Switch(parts, lock).to(parts.require(live.former()));
        });
    }

    @Override
    public void drop(int number) {
        boolean unused = locked(lock -> {
            new Drop(parts).run(parts.require(number));
            return true;
        });
    }

    @Override
    public String digest(int number) {
        return PointDigest.of(parts.link(), parts.require(number)).text();
    }

    @Override
    public void close() {
        parts.places().close();
        parts.link().close();
    }

    private <T> T locked(Function<RebuildLock, T> work) {
        try (RebuildLock lock = RebuildLock.take(
                parts.config().kafka(), parts.config().rag().qdrant().collection())) {
            return work.apply(lock);
        }
    }
}
