package dev.dise.localdev;

import dev.dise.embedding.Embedders;
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
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The whole line in this process: servers, router, sinks, gateway and query side. Its state survives restarts; two
 * stacks on one machine do not collide unless they are given the same folder or ports, which is refused in one sentence.
 */
public final class LocalStack implements AutoCloseable {
    private final Closing closing = new Closing();
    private final DiseConfig config;
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final List<Service> services = new ArrayList<>();
    private final GatewayService gateway;
    private final QueryApi query;

    private LocalStack(StackOptions options, Servers servers, CompletableFuture<EmbeddingModel> model) {
        closing.add(servers);
        this.config = options.config().at(servers.addresses(options.ports()));
        TopicSetup.ensure(config.kafka());
        Path streams = options.folder().resolve("streams");
        add(RouterService.start(config, streams, health, metrics));
        if (config.database().enabled()) {
            add(PgSinkService.start(config, health, metrics));
        }
        add(RagSinkService.start(config, model.join(), health, metrics));
        this.gateway = add(GatewayService.start(config, health, metrics));
        this.query = add(QueryApi.start(config, model.join(), health, metrics));
    }

    /**
     * Starts everything and returns when it can be used; some seconds.
     *
     * @throws IllegalStateException if a port is taken, or the folder is in use or cannot be written; one sentence that
     *     says what to do
     */
    public static LocalStack start(StackOptions options) {
        CompletableFuture<EmbeddingModel> model = CompletableFuture.supplyAsync(
                () -> Embedders.from(options.config().rag().embedding()));
        Servers servers = Servers.start(options);
        try {
            return new LocalStack(options, servers, model);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** The config that the services run by, with the addresses of this stack. */
    public DiseConfig config() {
        return config;
    }

    /** Where events are accepted over HTTP. */
    public URI gatewayAddress() {
        return URI.create("http://127.0.0.1:" + gateway.port());
    }

    /** Where questions are answered. */
    public URI queryAddress() {
        return URI.create("http://127.0.0.1:" + query.port());
    }

    /** How the parts are. */
    public Health health() {
        return health;
    }

    /** Done when any service has ended; exceptionally if a bug or wrong set-up ended it. */
    public CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(services.stream().map(Service::ended).toArray(CompletableFuture[]::new))
                .thenApply(first -> null);
    }

    @Override
    public void close() {
        closing.close();
    }

    private <S extends Service> S add(S service) {
        services.add(service);
        closing.add(service);
        return service;
    }
}
