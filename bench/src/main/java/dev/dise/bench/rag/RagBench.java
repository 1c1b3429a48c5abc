package dev.dise.bench.rag;

import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import dev.dise.embedding.Embedders;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Event;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Measures the side that is found by meaning: what makes vectors, the line around it, its rebuild, and what is found. */
public final class RagBench implements Bench {
    private static final int MANY_POINTS = 100_000;

    @Override
    public String name() {
        return "rag";
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        List<String> texts = BareModel.shortOnes(ShortTexts.from(RagEvents.ARTIFACTS));
        progress.printf("%d texts of about %d words%n", texts.size(), ShortTexts.WORDS);
        List<Figure> figures = new ArrayList<>(new EmbedFigures(texts, progress).measure());
        EmbeddingModel model = Embedders.from(RagConfig.Embedding.inProcess(RagConfig.Provider.ONNX));
        List<Event> events = RagEvents.all().stream().limit(options.rows()).toList();
        warmUp(options, model, events);
        try (RagServers servers = RagServers.start(options.state(), model)) {
            figures.addAll(new LineFigures(servers, model, progress).measure(events));
            if (Files.exists(RagEvents.TOOLS)) {
                try (SearchQuality quality = new SearchQuality(servers, model)) {
                    figures.addAll(quality.measure(progress));
                }
            }
        }
        try (RagServers servers = RagServers.start(options.state(), model)) {
            ManyPoints points = new ManyPoints(Math.min(MANY_POINTS, options.rows()), vectors(texts, model));
            figures.addAll(new RebuildFigures(servers, points, progress).measure());
        }
        return figures;
    }

    /** Once on servers of its own: the first half minute of a process is its compiler's. */
    private static void warmUp(Options options, EmbeddingModel model, List<Event> events) throws Exception {
        try (RagServers servers = RagServers.start(options.state(), model)) {
            RagEvents.send(new KafkaClients(servers.settings().kafka()), events);
            servers.awaitStored(RagServers.LONG);
        }
    }

    private static List<float[]> vectors(List<String> texts, EmbeddingModel model) {
        return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                .map(embedding -> embedding.vector())
                .toList();
    }
}
