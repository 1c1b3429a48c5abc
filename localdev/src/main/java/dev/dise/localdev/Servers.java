package dev.dise.localdev;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.Login;
import dev.dise.runtime.config.Secret;
import java.nio.file.Path;

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
        Path folder = options.folder();
        try (Starting starting = new Starting()) {
            var kafka = starting.start(() -> EmbeddedKafka.start(folder.resolve("kafka"), ports.kafka()));
            var postgres = starting.start(
                    () -> EmbeddedPostgreSql.start(folder.resolve("postgres"), ports.postgres(), durability));
            var qdrant = starting.start(() -> EmbeddedQdrant.start(folder.resolve("qdrant"), ports.qdrant()));
            starting.awaitAll();
            return new Servers(kafka.join(), postgres.join(), qdrant.join());
        }
    }

    /** Where the servers are, for the services. */
    DiseConfig.Addresses addresses(StackOptions.Ports ports) {
        return new DiseConfig.Addresses(
                kafka.bootstrapServers(), postgres.port(), logins(), qdrant.port(), ports.gateway(), ports.query());
    }

    /** The four roles of PostgreSQL. */
    static DatabaseConfig.Logins logins() {
        return new DatabaseConfig.Logins(
                login(EmbeddedPostgreSql.WRITER),
                login(EmbeddedPostgreSql.USER),
                login(EmbeddedPostgreSql.READER),
                login(EmbeddedPostgreSql.SQL));
    }

    private static Login login(String role) {
        return new Login(role, new Secret(EmbeddedPostgreSql.PASSWORD));
    }

    @Override
    public void close() {
        closing.close();
    }
}
