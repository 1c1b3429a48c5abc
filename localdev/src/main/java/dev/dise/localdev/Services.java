package dev.dise.localdev;

import dev.dise.gateway.GatewayService;
import dev.dise.pg.PgSinkService;
import dev.dise.query.QueryApi;
import dev.dise.rag.RagSinkService;
import dev.dise.router.RouterService;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.TopicSetup;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Every service of the line in this process, against servers that run somewhere. */
final class Services implements AutoCloseable {
    private final Closing closing = new Closing();
    private final List<Service> running = new ArrayList<>();
    private final Health health = new Health();
    private final GatewayService gateway;
    private final QueryApi query;

    private Services(DiseConfig config, CompletableFuture<EmbeddingModel> model, Path stateDir) {
        Metrics metrics = new Metrics();
        TopicSetup.ensure(config.kafka());
        add(RouterService.start(config, stateDir, health, metrics));
        this.gateway = add(GatewayService.start(config, health, metrics));
        if (config.database().enabled()) {
            add(PgSinkService.start(config, health, metrics));
        }
        add(RagSinkService.start(config, model.join(), health, metrics));
        this.query = add(QueryApi.start(config, model.join(), health, metrics));
    }

    /**
     * All of them or none.
     *
     * @param stateDir folder for what Kafka Streams keeps of itself
     */
    static Services start(DiseConfig config, CompletableFuture<EmbeddingModel> model, Path stateDir) {
        return new Services(config, model, stateDir);
    }

    int gatewayPort() {
        return gateway.port();
    }

    int queryPort() {
        return query.port();
    }

    Health health() {
        return health;
    }

    /** Done when any service has ended; exceptionally if a bug or wrong set-up ended it. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(running.stream().map(Service::ended).toArray(CompletableFuture[]::new))
                .thenApply(first -> null);
    }

    @Override
    public void close() {
        closing.close();
    }

    private <S extends Service> S add(S service) {
        running.add(service);
        closing.add(service);
        return service;
    }
}
