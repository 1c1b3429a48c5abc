package dev.dise.bench.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.cli.bench.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** Every log row as lines of JSON, beside what PostgreSQL itself writes of the same rows. */
final class ExportFigures {
    private static final double FLAT = 1.25;
    private static final int TENTH = 10;
    private static final int BUFFER = 1 << 16;
    /** What a collection has left, as in {@code Pause Young (Allocation Failure) 80M->12M(247M)}. */
    private static final Pattern LEFT = Pattern.compile("->(\\d+)M\\(");

    private final int port;
    private final Scale scale;
    private final Path heapLog;
    private final PrintWriter progress;

    /** @param heapLog what the service's collector says */
    ExportFigures(int port, Scale scale, Path heapLog, PrintWriter progress) {
        this.port = port;
        this.scale = scale;
        this.heapLog = heapLog;
        this.progress = progress;
    }

    /**
     * One export.
     *
     * @param heapAtTenth the most that a collection had left in the first tenth of it, in MiB
     * @param heap the same of all of it
     */
    private record Exported(long rows, long bytes, double seconds, long heapAtTenth, long heap) {}

    List<Figure> measure(BareSql bare) throws Exception {
        Exported export = export();
        double rate = export.rows() / export.seconds();
        double raw = rawCopy(bare);
        progress.printf(
                "export: %,d rows in %.1f s, %,.0f rows/s, bare COPY %,.0f rows/s, heap %d then %d MiB%n",
                export.rows(), export.seconds(), rate, raw, export.heapAtTenth(), export.heap());
        return List.of(
                Figure.rate("export_rows_per_s", rate),
                Figure.rate("export_mb_per_s", export.bytes() / export.seconds() / 1e6, "MB/s"),
                Figure.rate("raw_copy_out_rows_per_s", raw),
                Figure.ratio("export_vs_raw_copy", rate / raw),
                Figure.rate("export_heap_at_tenth_mib", (double) export.heapAtTenth(), "MiB"),
                Figure.rate("export_heap_mib", (double) export.heap(), "MiB"),
                Figure.ratioOfAtMost(
                        FLAT, "export_heap_end_vs_tenth", (double) export.heap() / Math.max(1, export.heapAtTenth())));
    }

    private Exported export() throws IOException {
        long logBegun = Files.size(heapLog);
        URI address = URI.create("http://127.0.0.1:" + port + "/v1/logs/export?format=ndjson");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        byte[] buffer = new byte[BUFFER];
        long rows = 0;
        long bytes = 0;
        long heapAtTenth = -1;
        long begun = System.nanoTime();
        try (InputStream in = connection.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    rows += buffer[i] == '\n' ? 1 : 0;
                }
                if (heapAtTenth < 0 && rows >= scale.logs() / TENTH) {
                    heapAtTenth = heapSince(logBegun);
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (rows < scale.logs()) {
            throw new IllegalStateException("of " + scale.logs() + " rows " + rows + " were exported");
        }
        return new Exported(rows, bytes, seconds, heapAtTenth, heapSince(logBegun));
    }

    /** The most that a collection has left since then; 0 if there was none. */
    private long heapSince(long place) throws IOException {
        byte[] log = Files.readAllBytes(heapLog);
        Matcher left = LEFT.matcher(new String(log, (int) place, (int) (log.length - place), UTF_8));
        return left.results()
                .mapToLong(one -> Long.parseLong(one.group(1)))
                .max()
                .orElse(0);
    }

    private static double rawCopy(BareSql bare) throws SQLException, IOException {
        long begun = System.nanoTime();
        long rows = bare.connection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM tool_logs) TO STDOUT", OutputStream.nullOutputStream());
        return rows * 1e9 / (System.nanoTime() - begun);
    }
}
