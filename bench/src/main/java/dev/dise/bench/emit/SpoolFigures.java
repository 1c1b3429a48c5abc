package dev.dise.bench.emit;

import dev.dise.bench.Repeated;
import dev.dise.cli.bench.Figure;
import dev.dise.ingest.spool.Spool;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the spool writes in a second, forced to the disk and not, beside a program that writes the same bytes plainly. */
final class SpoolFigures {
    private static final int ROUNDS = 5;
    private static final int CHUNKS = 1000;
    private static final int FORCED_CHUNKS = 100;
    private static final double MEGA = 1e6;

    private final Path folder;
    private final List<byte[]> chunk;
    private final long chunkBytes;

    SpoolFigures(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.chunk = chunk();
        this.chunkBytes = chunk.stream().mapToLong(Spool::sizeOf).sum();
    }

    List<Figure> measure() throws IOException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure("spool", false, CHUNKS));
        figures.addAll(measure("spool_fsync", true, FORCED_CHUNKS));
        return figures;
    }

    private List<Figure> measure(String name, boolean forced, int chunks) throws IOException {
        Repeated spool = new Repeated();
        Repeated plain = new Repeated();
        spool(forced, chunks);
        for (int round = 0; round < ROUNDS; round++) {
            plain.add(plain(forced, chunks));
            spool.add(spool(forced, chunks));
        }
        return List.of(
                Figure.rate(name + "_mb_per_s", spool.median(), "MB/s"),
                Figure.ratio(name + "_vs_plain_write", spool.median() / plain.median()));
    }

    private double spool(boolean forced, int chunks) throws IOException {
        SpoolSettings settings = SpoolSettings.in(folder.resolve("spool"));
        try (Spool spool = Spool.open(settings)) {
            long start = System.nanoTime();
            for (int i = 0; i < chunks; i++) {
                spool.append(chunk);
                if (forced) {
                    spool.takeUnforced().force();
                }
            }
            double rate = megabytes(chunks, start);
            while (!spool.isRead()) {
                spool.read().forEach(record -> record.acknowledge());
                spool.release();
                spool.deleteAcknowledged();
            }
            return rate;
        }
    }

    private double plain(boolean forced, int chunks) throws IOException {
        Path file = folder.resolve("plain");
        byte[] bytes = new byte[(int) chunkBytes];
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long start = System.nanoTime();
            for (int i = 0; i < chunks; i++) {
                out.write(bytes);
                if (forced) {
                    out.getFD().sync();
                }
            }
            return megabytes(chunks, start);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private double megabytes(int chunks, long start) {
        return chunks * chunkBytes / MEGA / ((System.nanoTime() - start) / 1e9);
    }

    private static List<byte[]> chunk() {
        List<byte[]> chunk = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; bytes < Spool.CHUNK_BYTES - 2000; i++) {
            byte[] payload = Json.encode(EmitLoop.logs().get(i % EmitLoop.logs().size()));
            bytes += Spool.sizeOf(payload);
            chunk.add(payload);
        }
        return chunk;
    }
}
