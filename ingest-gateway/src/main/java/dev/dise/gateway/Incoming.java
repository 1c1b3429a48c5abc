package dev.dise.gateway;

import dev.dise.gateway.wire.Wire;
import dev.dise.gateway.wire.WireException;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body as they come. Whatever ends them early is a problem with an answer. Closing it does nothing: the
 * server's own stream would then wait for the rest of a body that nobody wants.
 */
final class Incoming extends InputStream {
    private final ServerRequest request;
    private final Wire wire;
    private @Nullable InputStream stream;
    private long count;
    private long piece;

    Incoming(ServerRequest request, Wire wire) {
        this.request = request;
        this.wire = wire;
    }

    /**
     * Bounds the pieces of a body that says nothing of its length.
     *
     * @param mostBytes of one piece
     * @param share what pays for them, if not already paid for
     */
    void chargePieces(int mostBytes, MemoryBudget.@Nullable Share share) {
        if (request.headers().contentLength().isPresent()) {
            return;
        }
        wire.charge(bytes -> {
            piece += bytes;
            // What frames a piece, and what follows it in the same read.
            if (piece > mostBytes + 16_384L) {
                throw new ProblemException(Problem.bodyTooLarge(mostBytes));
            }
            if (share != null) {
                share.grow(bytes);
            }
        });
    }

    /** How many came so far. */
    long count() {
        return count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        piece = 0;
        try {
            int read = open().read(target, offset, length);
            count += Math.max(0, read);
            return read;
        } catch (WireException e) {
            throw new ProblemException(Problem.of(e.reason()));
        } catch (RequestException | IllegalArgumentException e) {
            // The frame of a piece is broken; what follows cannot be told from a next request.
            throw new ProblemException(Problem.badRequest());
        } catch (IOException e) {
            throw new ProblemException(Problem.of(WireException.Reason.CUT_OFF));
        }
    }

    private InputStream open() {
        if (stream == null) {
            stream = request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
        }
        return stream;
    }
}
