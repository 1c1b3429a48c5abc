package dev.dise.gateway.otlp;

import dev.dise.gateway.logs.LogLine;
import dev.dise.schemas.InvalidEventException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** A request of an OTLP exporter, decoded; its lines are made one after the other. */
public final class OtlpPush {
    private final List<OtlpRecord> records;
    private final String digest;

    private OtlpPush(List<OtlpRecord> records, String digest) {
        this.records = records;
        this.digest = digest;
    }

    /**
     * Decodes a body.
     *
     * @throws InvalidEventException if it is no request for logs, or too large a one
     */
    public static OtlpPush read(OtlpFormat format, byte[] body) {
        List<OtlpRecord> records = switch (format) {
            case PROTOBUF -> OtlpProtobuf.read(body);
            case JSON -> OtlpJson.read(body);
        };
        return new OtlpPush(records, digest(body));
    }

    /**
     * The lines in their order; may be called once and used by one thread.
     *
     * @param now the time of records that have none
     */
    public Iterator<LogLine> lines(Instant now) {
        OtlpLines lines = new OtlpLines(digest, now);
        return records.stream().map(lines::of).iterator();
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
