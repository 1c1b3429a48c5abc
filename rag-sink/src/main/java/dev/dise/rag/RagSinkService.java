package dev.dise.rag;

import dev.dise.embedding.Models;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.ForgottenReader;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Qdrant side of the line, until closed: for each generation that is live or follows, the half that writes it, and for
 * each topic of vectors the half that fills it. It looks once a second which generations there are; while Qdrant is away
 * nothing of that changes.
 */
public final class RagSinkService implements Service {
    private static final Logger log = LoggerFactory.getLogger(RagSinkService.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final String PART = "rag-sink";

    private final FirstGeneration first;
    private final RunningHalf.Starter starter;
    private final QdrantLink link;
    private final ForgottenReader forgotten;
    private final Health health;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable RunningHalves running;

    private RagSinkService(
            FirstGeneration first,
            RunningHalf.Starter starter,
            QdrantLink link,
            ForgottenReader forgotten,
            Health health) {
        this.first = first;
        this.starter = starter;
        this.link = link;
        this.forgotten = forgotten;
        this.health = health;
        this.thread = new Thread(this::run, PART);
    }

    /**
     * Starts; the topics are there already. Qdrant may come later, and is waited for: only it knows which model is to embed.
     *
     * @param model the one that the config names
     * @param stateDir folder for what is known of the topics of vectors; what is lost of it is read again. If another
     *     process uses it, the service ends with an {@link IllegalStateException}
     */
    public static RagSinkService start(
            DiseConfig config, EmbeddingModel model, Path stateDir, Health health, Metrics metrics) {
        Failpoints failpoints = Failpoints.from(System.getProperty(Failpoints.PROPERTY, ""));
        KafkaClients kafka = new KafkaClients(config.kafka());
        ForgottenReader forgotten = ForgottenReader.start(kafka, PART);
        Models models = new Models(config.rag().embedding(), model);
        QdrantLink link = new QdrantLink(config.rag().qdrant());
        GenerationCatalog catalog = new GenerationCatalog(link, config.rag(), Clock.systemUTC());
        health.report(PART, State.STARTING, "asking Qdrant which generations there are");
        RagSinkService service = new RagSinkService(
                new FirstGeneration(link, catalog, config.rag(), kafka),
                new RunningHalf.Starter(
                        config,
                        health,
                        metrics,
                        new Halves(config, models, stateDir, metrics, failpoints),
                        forgotten.forgotten()),
                link,
                forgotten,
                health);
        service.thread.start();
        return service;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        stopping.countDown();
        if (Thread.currentThread() != thread) {
            ended.exceptionally(failure -> null).join();
        }
    }

    private void run() {
        Throwable failure = null;
        try {
            do {
                look();
            } while (!stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            failure = e;
        } catch (CompletionException e) {
            failure = e.getCause();
        } catch (RuntimeException | Error e) {
            health.report(PART, State.FAILED, "stopped by " + e);
            log.atError().setCause(e).log("rag sink stopped");
            failure = e;
        }
        closeAll();
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
        }
    }

    private void look() {
        try {
            if (running == null) {
                var generations = first.ensure();
                var live = GenerationCatalog.live(generations)
                        .orElseThrow(() -> new StoreUnavailableException(
                                "no generation is live yet", new IllegalStateException("no alias")));
                running = new RunningHalves(starter, live);
                running.align(generations);
            } else {
                align(running);
            }
            health.report(PART, State.UP, "knows its generations");
        } catch (StoreUnavailableException e) {
            health.report(PART, State.WAITING, e.getMessage() + "; trying again");
        }
    }

    /** What failed may have failed because its collection was removed since the look: the second look tells. */
    private void align(RunningHalves halves) throws StoreUnavailableException {
        try {
            halves.align(first.catalog().list());
        } catch (CompletionException e) {
            halves.align(first.catalog().list());
        }
    }

    private void closeAll() {
        if (running != null) {
            running.close();
        }
        forgotten.close();
        link.close();
    }
}
