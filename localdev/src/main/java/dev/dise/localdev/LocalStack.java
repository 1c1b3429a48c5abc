package dev.dise.localdev;

import dev.dise.embedded.FreePort;
import dev.dise.embedding.Embedders;
import dev.dise.runtime.Health;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * The whole line in this process: servers, router, sinks, gateway and query side. Its state survives restarts; two
 * stacks on one machine do not collide unless they are given the same folder or ports, which is refused in one sentence.
 */
public final class LocalStack implements AutoCloseable {
    private final Closing closing = new Closing();
    private final DiseConfig config;
    private final Services services;

    private LocalStack(Servers servers, DiseConfig config, Services services) {
        this.config = config;
        this.services = services;
        closing.add(servers).add(services);
    }

    /**
     * Starts everything and returns when it can be used; some seconds.
     *
     * @throws IllegalStateException if a port is taken, or the folder is in use or cannot be written; one sentence that
     *     says what to do
     */
    public static LocalStack start(StackOptions options) {
        FreePort.requireFree(options.ports().gateway(), "the gateway");
        FreePort.requireFree(options.ports().query(), "the query service");
        CompletableFuture<EmbeddingModel> model = CompletableFuture.supplyAsync(
                () -> Embedders.from(options.config().rag().embedding()));
        Servers servers = Servers.start(options);
        try {
            DiseConfig config = options.config().at(servers.addresses(options.ports()));
            FormerMembers.remove(config.kafka());
            Services services = Services.start(config, model, options.folder());
            return new LocalStack(servers, config, services);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** The roles of PostgreSQL, which are the same in every stack: for who finds one that runs in another process. */
    public static DatabaseConfig.Logins postgresLogins() {
        return Servers.logins();
    }

    /** The config that the services run by, with the addresses of this stack. */
    public DiseConfig config() {
        return config;
    }

    /** Where events are accepted over HTTP. */
    public URI gatewayAddress() {
        return URI.create("http://127.0.0.1:" + services.gatewayPort());
    }

    /** Where questions are answered. */
    public URI queryAddress() {
        return URI.create("http://127.0.0.1:" + services.queryPort());
    }

    /** How the parts are. */
    public Health health() {
        return services.health();
    }

    /** Done when any service has ended; exceptionally if a bug or wrong set-up ended it. */
    public CompletableFuture<Void> ended() {
        return services.ended();
    }

    @Override
    public void close() {
        closing.close();
    }
}
