package dev.dise.gateway;

import dev.dise.gateway.wire.Wire;
import dev.dise.runtime.config.GatewayLimits;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** A request that was let in, with what it may use; of one thread, and closed when it is answered. */
final class Arrival implements AutoCloseable {
    private static final int DECODED_TIMES = 3;
    /** What a stream of lines holds at most: windows under way, a line, and the piece of the body that is being read. */
    private static final long STREAM_BYTES = 4L << 20;
    /** The largest piece of a chunked stream: the server keeps a piece in memory as a whole. */
    private static final int STREAM_PIECE_BYTES = 1 << 20;

    private final ServerRequest request;
    private final Caller caller;
    private final Wire wire;
    private final GatewayLimits limits;
    private final MemoryBudget.Share share;
    private final Semaphore work;
    private boolean works;

    Arrival(
            ServerRequest request,
            Caller caller,
            Wire wire,
            GatewayLimits limits,
            MemoryBudget.Share share,
            Semaphore work) {
        this.request = request;
        this.caller = caller;
        this.wire = wire;
        this.limits = limits;
        this.share = share;
        this.work = work;
    }

    GatewayLimits limits() {
        return limits;
    }

    ServerRequestHeaders headers() {
        return request.headers();
    }

    /** The value of a part of the path. */
    String pathParameter(String name) {
        return request.path().pathParameters().get(name);
    }

    /** What the body says it is. */
    MediaType mediaType() {
        return MediaType.of(request);
    }

    /** How fast the caller may bring events. */
    Rate rate() {
        return caller.rate();
    }

    /**
     * Reads all of the body, unpacked.
     *
     * @throws ProblemException if it is too large, comes too slowly, or is not what its encoding says
     */
    byte[] body() {
        return body(Coding.of(request));
    }

    /**
     * The same, but leaves one way of packing as it is.
     *
     * @param leftPacked its name in {@code Content-Encoding}
     */
    byte[] body(String leftPacked) {
        String named = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("");
        return body(named.strip().equalsIgnoreCase(leftPacked) ? Coding.IDENTITY : Coding.of(request));
    }

    private byte[] body(Coding coding) {
        OptionalLong length = request.headers().contentLength();
        Incoming incoming = new Incoming(request, wire);
        if (length.orElse(0) > limits.sizes().body()) {
            throw new ProblemException(Problem.bodyTooLarge(limits.sizes().body()));
        }
        if (length.isPresent() && coding == Coding.IDENTITY) {
            share.grow(length.getAsLong());
        } else {
            incoming.chargePieces(limits.sizes().body(), share);
        }
        byte[] body = new Unpacking(coding, limits.sizes(), share).all(incoming, length);
        caller.rate().charge(0, body.length);
        beginWork();
        return body;
    }

    /**
     * Takes room for what is made of a body, which is some times as large.
     *
     * @param plainBytes the body without any packing
     * @throws ProblemException 503 if there is no room for it now
     */
    void holdDecoded(int plainBytes) {
        share.grow((long) DECODED_TIMES * plainBytes);
    }

    /** The body as it comes, unpacked, of any length; the caller of this reads it within constant memory. */
    InputStream stream() {
        OptionalLong length = request.headers().contentLength();
        share.grow(Math.min(length.orElse(STREAM_BYTES), STREAM_BYTES));
        Incoming incoming = new Incoming(request, wire);
        incoming.chargePieces(STREAM_PIECE_BYTES, null);
        wire.lastLong();
        return new Unpacking(Coding.of(request), limits.sizes(), share).stream(incoming);
    }

    @Override
    public void close() {
        if (works) {
            work.release();
        }
    }

    private void beginWork() {
        if (!work.tryAcquire()) {
            throw new ProblemException(Problem.busy());
        }
        works = true;
    }
}
