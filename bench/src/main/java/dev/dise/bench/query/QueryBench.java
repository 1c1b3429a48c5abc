package dev.dise.bench.query;

import dev.dise.bench.ChildJvm;
import dev.dise.bench.SteadySender;
import dev.dise.bench.Waiting;
import dev.dise.bench.line.Asking;
import dev.dise.bench.line.LineServers;
import dev.dise.bench.line.Probes;
import dev.dise.bench.line.Traffic;
import dev.dise.bench.line.Window;
import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import dev.dise.embedding.Embedders;
import dev.dise.pg.PgSinkService;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures every kind of question to the query service beside the bare call, while events come in. */
public final class QueryBench implements Bench {
    private static final int ROWS = 1_000_000;
    private static final int HEAP_MEBIBYTES = 256;
    private static final int LOADS = 5;
    private static final long MOST_LAG_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String SERVICE = "query-api";

    @Override
    public String name() {
        return "query";
    }

    @Override
    public int usualRows() {
        return ROWS;
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        Scale scale = Scale.of(options.rows());
        try (LineServers servers = LineServers.start(options.state())) {
            EmbeddingModel model = Embedders.from(servers.config().rag().embedding());
            fill(servers, scale, model, progress);
            int port = servers.config().query().http().port();
            try (ChildJvm service = servers.child(SERVICE, "dev.dise.query.Main", HEAP_MEBIBYTES)) {
                Waiting.until("the query service answers", PATIENCE, () -> {
                    service.requireRunning();
                    return answers(port);
                });
                return measure(servers, scale, new Asked(port, model), progress);
            }
        }
    }

    /** Where the service is, and by which model it embeds. */
    private record Asked(int port, EmbeddingModel model) {}

    private static void fill(LineServers servers, Scale scale, EmbeddingModel model, PrintWriter progress)
            throws Exception {
        long begun = System.nanoTime();
        new BulkPoints(scale, model).send(servers.config().kafka());
        try (Connection connection = servers.connect()) {
            new BulkRows(connection, scale).load();
            progress.printf("%,d log rows and all others stored after %d s%n", scale.logs(), seconds(begun));
            // The indexes for words that a day gets when it is over.
            Waiting.until(
                    "somebody looks after the tables",
                    PATIENCE,
                    () -> PgSinkService.maintenance(servers.config().database())
                            .pass()
                            .ran());
            servers.awaitStored();
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
        }
        progress.printf("%,d points stored and all indexes there after %d s%n", scale.points(), seconds(begun));
    }

    private static List<Figure> measure(LineServers servers, Scale scale, Asked asked, PrintWriter progress)
            throws Exception {
        Probes probes = new Probes();
        Traffic traffic = new Traffic(servers.config().kafka(), probes);
        List<Figure> figures = new ArrayList<>();
        try (Connection reader = servers.connect();
                SteadySender sender = traffic.steady(scale.liveEventsPerSecond());
                Asking live = Asking.start("bench-reader", LOOK, () -> probes.look(reader))) {
            long begun = System.nanoTime();
            figures.addAll(ask(servers, scale, asked, progress));
            Window window = new Window(begun, System.nanoTime());
            sender.stop();
            servers.awaitStored();
            figures.add(Figure.countOfAtMost(0, "reader_failures", live.failures(), "answers"));
            figures.add(
                    Figure.countOfAtMost(MOST_LAG_MILLIS, "live_lag_p99", Math.round(probes.p99Millis(window)), "ms"));
        }
        return figures;
    }

    private static List<Figure> ask(LineServers servers, Scale scale, Asked asked, PrintWriter progress)
            throws Exception {
        var qdrant = servers.config().rag().qdrant();
        List<Figure> figures = new ArrayList<>();
        try (BareSql sql = new BareSql(servers.config().database());
                BareVectors vectors = new BareVectors(qdrant.grpcPort(), asked.model(), qdrant.collection());
                Comparison comparison = new Comparison(asked.port(), scale.effort(), progress)) {
            List<Kind> kinds = new ArrayList<>(new ListKinds(sql, scale).all());
            kinds.addAll(new FigureKinds(sql, vectors, scale).all());
            kinds.addAll(new MeaningKinds(sql, vectors, scale).all());
            figures.addAll(comparison.measure(kinds));
            figures.addAll(
                    new ExportFigures(asked.port(), scale, servers.folder().resolve(SERVICE + "-gc.log"), progress)
                            .measure(sql));
        }
        figures.addAll(
                new ConsoleFigures(asked.port(), Math.min(LOADS, scale.effort().calls()), servers.folder(), progress)
                        .measure());
        return figures;
    }

    private static boolean answers(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/artifacts/count"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private static long seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }
}
