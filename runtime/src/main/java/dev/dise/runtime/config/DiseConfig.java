package dev.dise.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The whole config, checked; every service reads the same file and takes its part. */
public record DiseConfig(
        KafkaConfig kafka,
        DatabaseConfig database,
        RagConfig rag,
        GatewayConfig gateway,
        RouterConfig router,
        SinkConfig pgSink,
        RagSinkConfig ragSink,
        QueryConfig query) {
    private static final String LOOPBACK = "127.0.0.1";
    /** On one machine more partitions cost more than they give. */
    private static final int PARTITIONS_HERE = 1;

    /**
     * Reads a config file and the {@code .env} beside it.
     *
     * @throws ConfigException with every mistake there is
     */
    public static DiseConfig load(Path file) {
        return load(file, System.getenv());
    }

    /** Like {@link #load(Path)}, in another environment; the environment wins over {@code .env}. */
    public static DiseConfig load(Path file, Map<String, String> environment) {
        return from(ConfigFile.read(file, environment));
    }

    /** The defaults, with nothing set. */
    public static DiseConfig defaults() {
        return from(ConfigFile.parse("{}", Map.of()));
    }

    private static DiseConfig from(JsonNode tree) {
        List<String> mistakes = new ArrayList<>();
        Section root = new Section("", tree, mistakes);
        DiseConfig config = new DiseConfig(
                KafkaConfig.from(root.section("kafka")),
                DatabaseConfig.from(root.section("database")),
                RagConfig.from(root.section("rag")),
                GatewayConfig.from(root.section("gateway")),
                RouterConfig.from(root.section("router")),
                SinkConfig.from(root.section("pg_sink"), 9102),
                RagSinkConfig.from(root.section("rag_sink"), 9103),
                QueryConfig.from(root.section("query")));
        root.refuseUnknownKeys();
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return config;
    }

    /** Each setting by its path as it may be shown: secrets are four stars. */
    public Map<String, String> shown() {
        return ShownConfig.of(this);
    }

    /** The same with Kafka at another address. */
    public DiseConfig withKafka(String bootstrapServers) {
        KafkaConfig there =
                new KafkaConfig(bootstrapServers, kafka.properties(), kafka.partitions(), kafka.replicationFactor());
        return new DiseConfig(there, database, rag, gateway, router, pgSink, ragSink, query);
    }

    /** The same with PostgreSQL on a port of this machine, as these users, in the default database. */
    public DiseConfig withPostgres(int port, DatabaseConfig.Logins logins) {
        return new DiseConfig(kafka, database.at(port, logins), rag, gateway, router, pgSink, ragSink, query);
    }

    /** The same with Qdrant on a port of this machine. */
    public DiseConfig withQdrant(int grpcPort) {
        return new DiseConfig(kafka, database, rag.at(grpcPort), gateway, router, pgSink, ragSink, query);
    }

    /** The same with other servers and ports: what a stack in one process needs. */
    public DiseConfig at(Addresses addresses) {
        return new DiseConfig(
                new KafkaConfig(addresses.kafka(), Map.of(), PARTITIONS_HERE, 1),
                database.at(addresses.postgresPort(), addresses.postgresLogins()),
                rag.at(addresses.qdrantPort()),
                gateway.on(new HttpConfig(LOOPBACK, addresses.gatewayPort())),
                router,
                pgSink,
                ragSink,
                query.on(new HttpConfig(LOOPBACK, addresses.queryPort())));
    }

    /** Where the servers of a stack on this machine are; a port of 0 takes any free one. */
    public record Addresses(
            String kafka,
            int postgresPort,
            DatabaseConfig.Logins postgresLogins,
            int qdrantPort,
            int gatewayPort,
            int queryPort) {}
}
