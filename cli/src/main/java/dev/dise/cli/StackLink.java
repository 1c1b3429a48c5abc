package dev.dise.cli;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.operations.rebuild.Generations;
import dev.dise.pg.PgSinkService;
import dev.dise.pg.archive.Maintenance;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which stack a command talks to, and the way to it. */
public final class StackLink {
    static final String DEFAULT_STATE = ".dise";
    private static final int REACH_MILLIS = 2_000;

    @Option(names = "--local", description = "start the embedded stack for this command's own duration")
    private boolean local;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = DEFAULT_STATE,
            description = "folder of the local stack (default: ${DEFAULT-VALUE})")
    private Path state = Path.of(DEFAULT_STATE);

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    @Option(names = "--query-url", paramLabel = "URL", description = "address of the query side")
    private @Nullable URI queryUrl;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "address of Kafka")
    private @Nullable String kafka;

    Path state() {
        return state;
    }

    /** Opens the way; with {@code --local} that starts a stack, which ends with it. */
    public Connection open() {
        if (!local) {
            return new Connection(null, addressed(configOption.load()), queryAddress());
        }
        LocalStack stack = LocalStack.start(StackOptions.in(state, configOption.load()));
        return new Connection(stack, stack.config(), stack.queryAddress());
    }

    private URI queryAddress() {
        if (queryUrl != null) {
            return queryUrl;
        }
        Optional<StackFile> running = StackFile.read(state);
        var query = configOption.load().query().http();
        return running.map(StackFile::query).orElse(URI.create("http://" + query.host() + ":" + query.port()));
    }

    private DiseConfig addressed(DiseConfig config) {
        Optional<StackFile> running = StackFile.read(state);
        String address = kafka != null ? kafka : running.map(StackFile::kafka).orElse(null);
        DiseConfig there = address == null ? config : config.withKafka(address);
        return running.map(stack -> there.withPostgres(stack.postgresPort(), LocalStack.postgresLogins())
                        .withQdrant(stack.qdrantPort()))
                .orElse(there);
    }

    /** The way to a stack. */
    public static final class Connection implements AutoCloseable {
        private final @Nullable LocalStack stack;
        private final DiseConfig config;
        private final URI query;

        private Connection(@Nullable LocalStack stack, DiseConfig config, URI query) {
            this.stack = stack;
            this.config = config;
            this.query = query;
        }

        /** Asks the query side; closed by the caller. */
        public QueryClient query() {
            return new QueryClient(query, System.getenv("DISE_API_KEY"));
        }

        /** An emitter that a command waits for and whose events a person has written; refuses at once if nothing listens. */
        ArtifactEmitter emitter(String source, long bufferBytes, @Nullable String runId) {
            requireKafka();
            return ArtifactEmitter.builder()
                    .bootstrapServers(config.kafka().bootstrapServers())
                    .properties(config.kafka().properties())
                    .source(source)
                    .runId(runId)
                    .bufferBytes(bufferBytes)
                    .overflow(new Overflow.DropNewest())
                    .redaction(Redaction.none())
                    .build();
        }

        /** A consumer without a group, of committed records only; refuses at once if nothing listens. */
        Consumer<byte[], byte[]> reader(String clientId, int maxPollRecords) {
            requireKafka();
            return new KafkaClients(config.kafka()).reader(clientId, maxPollRecords);
        }

        Line line() {
            requireKafka();
            return new Line(config);
        }

        /** What looks after the tables, as their owner; refuses at once if nothing listens. */
        Maintenance maintenance() {
            DatabaseConfig database = config.database();
            require("PostgreSQL", database.host(), database.port());
            return PgSinkService.maintenance(database);
        }

        /** The generations of a store; refuses at once if the store or Kafka does not listen. */
        public Generations generations(Store store) {
            return Generations.open(store, reached(store), Operator.name());
        }

        /** Where everything is. */
        public DiseConfig config() {
            return config;
        }

        /** The same for who needs the log and the database both; refuses at once if one does not listen. */
        public DiseConfig reachableConfig() {
            requireKafka();
            require("PostgreSQL", config.database().host(), config.database().port());
            return config;
        }

        /** The config of servers that are there: Kafka, PostgreSQL and Qdrant; refuses at once if one does not listen. */
        public DiseConfig servers() {
            requireKafka();
            if (config.database().enabled()) {
                require(
                        "PostgreSQL",
                        config.database().host(),
                        config.database().port());
            }
            require(
                    "Qdrant",
                    config.rag().qdrant().host(),
                    config.rag().qdrant().grpcPort());
            return config;
        }

        @Override
        public void close() {
            if (stack != null) {
                stack.close();
            }
        }

        /** The same once Kafka, and the stores that are named, are seen to listen. */
        public DiseConfig reached(Store... stores) {
            requireKafka();
            for (Store store : stores) {
                switch (store) {
                    case POSTGRES ->
                        require(
                                "PostgreSQL",
                                config.database().host(),
                                config.database().port());
                    case QDRANT ->
                        require(
                                "Qdrant",
                                config.rag().qdrant().host(),
                                config.rag().qdrant().grpcPort());
                }
            }
            return config;
        }

        /** Refuses at once if nothing listens. */
        public void requireKafka() {
            String first = config.kafka().bootstrapServers().split(",", 2)[0];
            int colon = first.lastIndexOf(':');
            require("Kafka", first.substring(0, colon), Integer.parseInt(first.substring(colon + 1)));
        }

        private static void require(String what, String host, int port) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), REACH_MILLIS);
            } catch (IOException e) {
                throw new NoStackException(what, host + ":" + port);
            }
        }
    }
}
