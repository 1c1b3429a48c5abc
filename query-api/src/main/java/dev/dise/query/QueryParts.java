package dev.dise.query;

import dev.dise.embedding.Models;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.operations.jobs.Jobs;
import dev.dise.query.admin.AdminRoutes;
import dev.dise.query.console.ConsoleFiles;
import dev.dise.query.export.ExportRoutes;
import dev.dise.query.facts.FactRoutes;
import dev.dise.query.flow.FlowWatch;
import dev.dise.query.mcp.McpRoutes;
import dev.dise.query.openapi.DocsRoutes;
import dev.dise.query.performance.Series;
import dev.dise.query.sql.SqlRoutes;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.DataReader;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.time.Clock;
import java.util.List;

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
    private final ExportRoutes exports;
    private final SqlRoutes sql;
    private final McpRoutes mcp;

    QueryParts(DiseConfig config, EmbeddingModel model, Metrics metrics) {
        this.config = config;
        this.answers = new Answers(metrics.registry(), Visitors.of(config.query()));
        this.database = Database.open(config.database(), metrics);
        this.vectors = VectorStore.open(config.rag().qdrant());
        this.live = LiveCollection.of(vectors, new Models(config.rag().embedding(), model));
        Counts counts = new Counts(new RowCounts(database), new Artifacts(vectors), new Losses(database));
        this.status = new StoreStatus(database, vectors, counts, clock);
        this.flow = new FlowWatch(config, status::states, status::dropped, clock);
        this.emitter = emitter(config);
        this.exports = new ExportRoutes(answers, database, moments);
        this.sql = new SqlRoutes(config, answers, clock);
        this.mcp = new McpRoutes(answers);
    }

    StoreStatus status() {
        return status;
    }

    /** Every route of the service. */
    Routes routes(Health health) {
        AncestryQuery ancestry = new AncestryQuery(database);
        EmitRoutes emits = new EmitRoutes(answers, new DataReader(), emitter);
        return new Routes(
                answers,
                new StoredRoutes(
                        answers,
                        new Listings(database, moments),
                        new Aggregates(database, moments),
                        new Series(database, moments),
                        ancestry,
                        status),
                List.of(
                        new StreamRoutes(answers, flow, new KafkaClients(config.kafka())),
                        exports,
                        new FactRoutes(
                                answers,
                                new FactRoutes.Sources(
                                        database, new SimilarArtifacts(live, moments), ancestry, moments),
                                emits::emit),
                        new EventRoutes(answers, new Traces(config, moments), visibility()),
                        new AdminRoutes(config, answers, jobs, moments),
                        new CatalogueRoutes(answers, config, health),
                        emits,
                        sql,
                        mcp,
                        new DocsRoutes(answers),
                        new ConsoleRoutes(answers, new ConsoleFiles())));
    }

    @Override
    public void close() {
        mcp.close();
        sql.close();
        exports.close();
        emitter.close();
        flow.close();
        jobs.close();
        live.close();
        vectors.close();
        database.close();
    }

    private Visibility visibility() {
        return new Visibility(config.database(), new StoredRows(database), new StoredPoints(vectors), moments);
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
