package dev.dise.query;

import dev.dise.embedding.ModelCard;
import dev.dise.embedding.Models;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which collection readers see, and by which model it is asked. It looks once a second beside the questions, and takes up
 * another collection only once its model is loaded: so a switch makes no question wait, and no question asks a collection
 * through the model of another. Until there is a collection it is the alias and the model of the config. Thread-safe.
 */
final class LiveCollection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveCollection.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final VectorStore alias;
    private final Models models;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("query-collection").factory());
    private volatile Searched now;

    /** A collection by its own name, with its model. */
    record Searched(
            VectorStore store,
            EmbeddingModel model,
            @Nullable String name) {}

    private LiveCollection(VectorStore alias, Models models) {
        this.alias = alias;
        this.models = models;
        this.now = new Searched(alias, models.usual(), null);
    }

    /**
     * Begins to look.
     *
     * @param alias stays the caller's
     * @param models of which the usual one is for a collection that does not say its own
     */
    static LiveCollection of(VectorStore alias, Models models) {
        LiveCollection collection = new LiveCollection(alias, models);
        ScheduledFuture<?> unused = collection.looks.scheduleWithFixedDelay(
                collection::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return collection;
    }

    /** What a question is to ask, from its beginning to its end. The first one looks itself. */
    Searched now() throws StoreUnavailableException {
        if (now.name() == null) {
            takeWhatIsLive();
        }
        return now;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private void look() {
        try {
            takeWhatIsLive();
        } catch (StoreUnavailableException e) {
            // What readers saw, they see: the questions themselves tell of an outage.
            log.atDebug().setCause(e).log("cannot look which collection is live");
        } catch (RuntimeException e) {
            log.atError()
                    .setCause(e)
                    .log("the live collection cannot be asked by its model, questions go to the former one");
        }
    }

    private synchronized void takeWhatIsLive() throws StoreUnavailableException {
        String live = alias.target();
        if (live != null && !live.equals(now.name())) {
            take(live);
        }
    }

    private void take(String live) throws StoreUnavailableException {
        VectorStore store = alias.at(live);
        Map<String, String> notes = store.notes();
        EmbeddingModel model = ModelCard.isIn(notes) ? models.of(ModelCard.from(notes)) : models.usual();
        now = new Searched(store, model, live);
        log.atInfo()
                .addKeyValue("collection", live)
                .addKeyValue("model", model.modelName())
                .log("questions go to this collection");
    }
}
