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
    private final GatewayService gateway;
    private final QueryApi query;
    private final Health health;

    private Services(GatewayService gateway, QueryApi query, Health health) {
        this.gateway = gateway;
        this.query = query;
        this.health = health;
    }

    /**
     * All of them or none, started side by side.
     *
     * @param stateDir folder for what services keep of themselves
     */
    static Services start(DiseConfig config, CompletableFuture<EmbeddingModel> model, Path stateDir) {
        Health health = new Health();
        Metrics metrics = new Metrics();
        TopicSetup.ensure(config.kafka());
        try (Starting starting = new Starting()) {
            var router =
                    starting.start(() -> RouterService.start(config, stateDir.resolve("streams"), health, metrics));
            var gateway = starting.start(
                    () -> GatewayService.start(config, stateDir.resolve("gateway-spool"), health, metrics));
            var sinks = new ArrayList<CompletableFuture<? extends Service>>();
            if (config.database().enabled()) {
                sinks.add(starting.start(() -> PgSinkService.start(config, health, metrics)));
            }
            sinks.add(starting.start(
                    () -> RagSinkService.start(config, model.join(), stateDir.resolve("rag-sink"), health, metrics)));
            var query = starting.start(() -> QueryApi.start(config, model.join(), health, metrics));
            starting.awaitAll();
            Services services = new Services(gateway.join(), query.join(), health);
            services.add(router.join());
            services.add(gateway.join());
            sinks.forEach(sink -> services.add(sink.join()));
            services.add(query.join());
            return services;
        }
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

    private void add(Service service) {
        running.add(service);
        closing.add(service);
    }
}
