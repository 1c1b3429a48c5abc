package dev.dise.query.export;

import dev.dise.query.Answers;
import dev.dise.query.Database;
import dev.dise.query.Exchange;
import dev.dise.query.Listings;
import dev.dise.query.Moments;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.Resource;
import dev.dise.query.Resources;
import dev.dise.query.RouteGroup;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports of every list, with its filters. Two run at once, on connections of their own, so that questions go on. */
public final class ExportRoutes implements RouteGroup, AutoCloseable {
    /** What the path of a list goes on with. */
    public static final String EXPORT = "/export";

    static final int AT_ONCE = 2;

    private static final Logger log = LoggerFactory.getLogger(ExportRoutes.class);

    private static final String FORMAT = "format";
    private static final int BUFFER = 32 << 10;
    private static final Pattern TAKES_GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final Answers answers;
    private final Database database;
    private final Listings listings;
    private final Watch watch;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Connects when the first export is wanted. */
    public ExportRoutes(Answers answers, Database database, Moments moments) {
        this(answers, database, moments, Watch.Limits.USUAL);
    }

    ExportRoutes(Answers answers, Database database, Moments moments, Watch.Limits limits) {
        this.answers = answers;
        this.database = database;
        this.listings = new Listings(database, moments);
        this.watch = new Watch(limits);
    }

    /** Adds them all. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        for (Resource resource : Resources.ALL) {
            String path = resource.path() + EXPORT;
            routing.get(path, answers.writing(path, (question, exchange) -> export(resource, question, exchange)));
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    private void export(Resource resource, Question question, Exchange exchange) throws StoreUnavailableException {
        List<String> names = new ArrayList<>(resource.filterNames());
        names.add(FORMAT);
        question.parameters().requireOnly(names);
        Format format = Format.of(question.parameters().one(FORMAT).orElse("ndjson"));
        if (!places.tryAcquire()) {
            throw new RefusedException(
                    Problem.busy(AT_ONCE + " exports are running, and that is the most; ask again when one is over"));
        }
        try (Watch.Watched watched = watch.begin();
                Snapshot rows = Snapshot.of(database, listings.whole(resource, question.parameters()))) {
            Export export = new Export(rows, format, watched);
            export.fetch();
            send(resource, export, exchange);
        } finally {
            places.release();
        }
    }

    private static void send(Resource resource, Export export, Exchange exchange) {
        Format format = export.format();
        String name = resource.path().substring(resource.path().lastIndexOf('/') + 1) + '.' + format.word();
        ServerResponse response = exchange.response();
        response.header(HeaderNames.CONTENT_TYPE, format.mediaType())
                .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + '"')
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.VARY, "Accept-Encoding")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        boolean packed = takesGzip(exchange.request());
        if (packed) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        try {
            writeWhole(export, new BufferedOutputStream(response.outputStream(), BUFFER), packed);
        } catch (IOException | StoreUnavailableException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("list", resource.path())
                    .addKeyValue("reason", e.toString())
                    .log("export cut off");
            throw new CloseConnectionException("the export was cut off", e);
        }
    }

    /** Only a whole answer is closed: one that breaks off has no end. */
    private static void writeWhole(Export export, OutputStream plain, boolean packed)
            throws IOException, StoreUnavailableException {
        OutputStream out = packed ? new GZIPOutputStream(plain, BUFFER) : plain;
        export.writeTo(out);
        out.close();
    }

    private static boolean takesGzip(ServerRequest request) {
        return TAKES_GZIP
                .matcher(request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse(""))
                .find();
    }
}
