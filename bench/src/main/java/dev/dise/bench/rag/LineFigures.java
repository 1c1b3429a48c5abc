package dev.dise.bench.rag;

import dev.dise.bench.Repeated;
import dev.dise.cli.bench.Figure;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Event;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the topic until it can be found, against the embedder alone on the same texts; then the same artifacts again. */
final class LineFigures {
    private static final int CALL = 64;
    private static final int ROUNDS = 2;
    /** The same artifacts again so often, since one time is over before the JVM has compiled what it does. */
    private static final int PASSES = 15;

    private final RagServers servers;
    private final EmbeddingModel model;
    private final PrintWriter progress;
    private final KafkaClients kafka;

    LineFigures(RagServers servers, EmbeddingModel model, PrintWriter progress) {
        this.servers = servers;
        this.model = model;
        this.progress = progress;
        this.kafka = new KafkaClients(servers.settings().kafka());
    }

    List<Figure> measure(List<Event> events) throws Exception {
        long before = servers.embeddings("computed");
        double first = secondsFor(events, RagServers.LONG);
        long embedded = servers.embeddings("computed") - before;
        double alone = aloneTextsPerSecond();
        progress.printf(
                "%d artifacts, %d texts: %.1f s from the topic until found, embedder alone %.0f texts/s%n",
                events.size(), embedded, first, alone);

        before = servers.embeddings("computed");
        Repeated passes = new Repeated();
        for (int pass = 0; pass < PASSES; pass++) {
            passes.add(secondsFor(RagEvents.again(events), RagServers.SHORT));
        }
        double second = passes.median();
        long again = servers.embeddings("computed") - before;
        progress.printf("the same again: %.1f s%n", second);
        return List.of(
                Figure.rate("rag_texts_per_s", embedded / first, "texts/s"),
                Figure.ratioOfAtLeast(0.9, "topic_to_searchable_vs_embedder", embedded / first / alone),
                Figure.rate("second_pass_artifacts_per_s", events.size() / second, "artifacts/s"),
                Figure.ratioOfAtLeast(20, "second_pass_vs_first", first / second),
                Figure.countOfAtMost(0, "second_pass_embeddings", again, "texts"));
    }

    private double secondsFor(List<Event> events, Duration pause) throws Exception {
        long begun = System.nanoTime();
        RagEvents.send(kafka, events);
        servers.awaitStored(pause);
        return (System.nanoTime() - begun) / 1e9;
    }

    private double aloneTextsPerSecond() throws Exception {
        List<TextSegment> texts = new ArrayList<>();
        for (RetrievedPoint point : StoredChunks.all(servers.client())) {
            texts.add(TextSegment.from(StoredChunks.text(point)));
        }
        long begun = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            for (int from = 0; from < texts.size(); from += CALL) {
                model.embedAll(texts.subList(from, Math.min(texts.size(), from + CALL)));
            }
        }
        return ROUNDS * texts.size() * 1e9 / (System.nanoTime() - begun);
    }
}
