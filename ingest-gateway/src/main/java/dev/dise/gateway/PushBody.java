package dev.dise.gateway;

import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The body of a log push: any bytes, without the compression that {@code Content-Encoding} names. */
final class PushBody {
    private final String mediaType;
    private final byte[] bytes;

    private PushBody(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    static PushBody read(ServerRequest request) {
        String mediaType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        byte[] bytes = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        return new PushBody(mediaType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT), decompress(request, bytes));
    }

    /** What it says it is, without parameters and in lower case; empty if it says nothing. */
    String mediaType() {
        return mediaType;
    }

    /** The bytes; not a copy. */
    byte[] bytes() {
        return bytes;
    }

    private static byte[] decompress(ServerRequest request, byte[] bytes) {
        String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip" -> gunzip(bytes);
            // Senders for Loki may or may not name the Snappy that protobuf always comes in; its decoder takes it off.
            case "identity", "snappy" -> bytes;
            default ->
                throw new ProblemException(Problem.of(
                        415, "CONTENT_ENCODING", "the body is compressed in a way that is not taken", "send gzip"));
        };
    }

    private static byte[] gunzip(byte[] bytes) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(PushSize.MAX_BYTES + 1);
            if (plain.length > PushSize.MAX_BYTES) {
                throw PushRefusal.tooLarge("must have at most " + PushSize.MAX_BYTES + " bytes when decompressed");
            }
            return plain;
        } catch (IOException e) {
            throw PushRefusal.malformed("is not gzip");
        }
    }
}
