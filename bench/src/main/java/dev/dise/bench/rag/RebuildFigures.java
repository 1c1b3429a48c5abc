package dev.dise.bench.rag;

import dev.dise.cli.bench.Figure;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import io.qdrant.client.grpc.Points.PointStruct;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A collection built from {@code dise.vectors} alone, and how it answers. */
final class RebuildFigures {
    private static final long MIB = 1024 * 1024;

    private final RagServers servers;
    private final ManyPoints points;
    private final PrintWriter progress;

    RebuildFigures(RagServers servers, ManyPoints points, PrintWriter progress) {
        this.servers = servers;
        this.points = points;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        long before = servers.embeddings("computed");
        long begun = System.nanoTime();
        send();
        servers.awaitStored(RagServers.LONG);
        double seconds = (System.nanoTime() - begun) / 1e9;
        progress.printf("%,d points from dise.vectors in %.1f s%n", points.count(), seconds);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.rate("rebuild_points_per_s", points.count() / seconds, "points/s"));
        figures.add(Figure.countOfAtMost(0, "rebuild_embeddings", servers.embeddings("computed") - before, "texts"));
        servers.awaitMerged();
        figures.addAll(new VectorSearch(servers, points, progress).measure());
        figures.add(Figure.rate("vectors_on_disk_mib", (double) size(servers.vectors()) / MIB, "MiB"));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        figures.add(Figure.rate(
                "heap_of_broker_sink_and_store_mib",
                (double) (runtime.totalMemory() - runtime.freeMemory()) / MIB,
                "MiB"));
        return figures;
    }

    private void send() {
        byte[] time = EnvelopeHeaders.formatTime(Instant.now()).getBytes(StandardCharsets.UTF_8);
        KafkaClients kafka = new KafkaClients(servers.settings().kafka());
        try (Producer<byte[], byte[]> producer = kafka.producer("bench-points")) {
            for (int i = 0; i < points.count(); i++) {
                PointStruct point = points.point(i);
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        Topic.VECTORS.topicName(),
                        point.getId().getUuid().getBytes(StandardCharsets.UTF_8),
                        point.toByteArray());
                record.headers().add(EnvelopeHeaders.TIME, time);
                var unused = producer.send(record);
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
