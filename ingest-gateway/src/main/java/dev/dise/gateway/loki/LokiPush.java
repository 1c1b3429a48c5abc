package dev.dise.gateway.loki;

import dev.dise.gateway.logs.LogLine;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A push of Loki's protocol, decoded; its lines are made one after the other. */
public final class LokiPush {
    private final List<LokiEntry> entries;

    private LokiPush(List<LokiEntry> entries) {
        this.entries = entries;
    }

    /**
     * Decodes JSON.
     *
     * @throws InvalidEventException if it is no push, or too large a one
     */
    public static LokiPush json(byte[] body) {
        return new LokiPush(LokiJson.read(body));
    }

    /**
     * The length of a protobuf body without its Snappy, at no cost.
     *
     * @throws InvalidEventException if it is no Snappy, or too large
     */
    public static int plainLength(byte[] body) {
        return LokiProtobuf.plainLength(body);
    }

    /**
     * Decodes protobuf in a Snappy block.
     *
     * @throws InvalidEventException if it is no push, or too large a one
     */
    public static LokiPush protobuf(byte[] body) {
        return new LokiPush(LokiProtobuf.read(body));
    }

    /**
     * The lines in their order; may be called once and used by one thread.
     *
     * @param orgId the tenant that the client names
     * @param now the time of entries that have none
     */
    public Iterator<LogLine> lines(@Nullable String orgId, Instant now) {
        LokiLines lines = new LokiLines(orgId, now);
        return entries.stream().map(lines::of).iterator();
    }
}
