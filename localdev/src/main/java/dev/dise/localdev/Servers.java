package dev.dise.localdev;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The three servers of a stack, started side by side. */
final class Servers implements AutoCloseable {
    private final Closing closing = new Closing();
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgreSql postgres;
    private final EmbeddedQdrant qdrant;

    private Servers(EmbeddedKafka kafka, EmbeddedPostgreSql postgres, EmbeddedQdrant qdrant) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.qdrant = qdrant;
        closing.add(kafka).add(qdrant).add(postgres);
    }

    /** All three or none: what had started is closed when another cannot. */
    static Servers start(StackOptions options) {
        StackOptions.Ports ports = options.ports();
        Durability durability = options.durable() ? Durability.FSYNC : Durability.NO_FSYNC;
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 0).factory())) {
            var kafka = CompletableFuture.supplyAsync(
                    () -> EmbeddedKafka.start(options.folder().resolve("kafka"), ports.kafka()), threads);
            var postgres = CompletableFuture.supplyAsync(
                    () -> EmbeddedPostgreSql.start(options.folder().resolve("postgres"), ports.postgres(), durability),
                    threads);
            var qdrant = CompletableFuture.supplyAsync(
                    () -> EmbeddedQdrant.start(options.folder().resolve("qdrant"), ports.qdrant()), threads);
            try {
                return new Servers(kafka.join(), postgres.join(), qdrant.join());
            } catch (CompletionException e) {
                Closing started = new Closing();
                kafka.thenAccept(started::add);
                postgres.thenAccept(started::add);
                qdrant.thenAccept(started::add);
                CompletableFuture.allOf(kafka, postgres, qdrant)
                        .exceptionally(failure -> null)
                        .join();
                started.close();
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /** Where the servers are, for the services. */
    DiseConfig.Addresses addresses(StackOptions.Ports ports) {
        return new DiseConfig.Addresses(
                kafka.bootstrapServers(),
                postgres.port(),
                postgres.user(),
                new Secret(postgres.password()),
                qdrant.port(),
                ports.gateway(),
                ports.query());
    }

    @Override
    public void close() {
        closing.close();
    }
}
