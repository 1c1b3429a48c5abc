package dev.dise.query;

import dev.dise.embedding.Models;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.operations.jobs.Jobs;
import dev.dise.query.admin.AdminRoutes;
import dev.dise.query.console.ConsoleFiles;
import dev.dise.query.flow.FlowWatch;
import dev.dise.query.mcp.McpRoutes;
import dev.dise.query.sql.SqlRoutes;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.DataReader;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.time.Clock;

/** What the routes are made of, and what has to be closed with the service. Nothing connects before it is asked. */
final class QueryParts implements AutoCloseable {
    private final DiseConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Moments moments = new Moments(clock);
    private final Database database;
    private final VectorStore vectors;
    private final LiveCollection live;
    private final StoreStatus status;
    private final Jobs jobs = new Jobs(clock);
    private final FlowWatch flow;
    private final ArtifactEmitter emitter;
    private final Answers answers;
    private final SqlRoutes sql;
    private final McpRoutes mcp;

    QueryParts(DiseConfig config, EmbeddingModel model, Metrics metrics) {
        this.config = config;
        this.database = Database.open(config.database(), metrics);
        this.vectors = VectorStore.open(config.rag().qdrant());
        this.live = LiveCollection.of(vectors, new Models(config.rag().embedding(), model));
        Counts counts = new Counts(new RowCounts(database), new Artifacts(vectors), new Losses(database));
        this.status = new StoreStatus(database, vectors, counts, clock);
        this.flow = new FlowWatch(config, status::states, status::dropped, clock);
        this.emitter = emitter(config);
        this.answers = new Answers(metrics.registry(), Visitors.of(config.query()));
        this.sql = new SqlRoutes(config, answers, clock);
        this.mcp = new McpRoutes(answers);
    }

    StoreStatus status() {
        return status;
    }

    Routes routes(Health health) {
        return new Routes(
                answers,
                new Listings(database, moments),
                new Aggregates(database, moments),
                new AncestryQuery(database),
                new SimilarArtifacts(live, moments),
                new Visibility(config.database(), new StoredRows(database), new StoredPoints(vectors), moments),
                new Traces(config, moments),
                status,
                new AdminRoutes(config, answers, jobs, moments),
                new CatalogueRoutes(answers, config, health),
                new StreamRoutes(answers, flow, new KafkaClients(config.kafka())),
                new EmitRoutes(answers, new DataReader(), emitter),
                sql,
                mcp,
                new ConsoleRoutes(answers, new ConsoleFiles()));
    }

    @Override
    public void close() {
        mcp.close();
        sql.close();
        emitter.close();
        flow.close();
        jobs.close();
        live.close();
        vectors.close();
        database.close();
    }

    /** Who emits here waits for the answer, so nothing is kept for later. */
    private static ArtifactEmitter emitter(DiseConfig config) {
        return ArtifactEmitter.builder()
                .bootstrapServers(config.kafka().bootstrapServers())
                .properties(config.kafka().properties())
                .source(EmitRoutes.SOURCE)
                .overflow(new Overflow.DropNewest())
                .redaction(Redaction.none())
                .build();
    }
}
