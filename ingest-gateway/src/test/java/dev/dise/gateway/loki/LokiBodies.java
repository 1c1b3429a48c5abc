package dev.dise.gateway.loki;

import dev.dise.gateway.logs.Proto;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** Pushes in protobuf as Promtail makes them. */
public final class LokiBodies {
    private LokiBodies() {}

    /** A push of one stream. */
    public static byte[] push(String labels, Proto... entries) {
        return snappy(Proto.message().message(1, stream(labels, entries)).toBytes());
    }

    static Proto stream(String labels, Proto... entries) {
        Proto stream = Proto.message().text(1, labels);
        for (Proto entry : entries) {
            stream.message(2, entry);
        }
        return stream.varint(3, 0x1234_5678_9abc_def0L);
    }

    /** An entry with metadata in pairs. */
    public static Proto entry(long seconds, int nanos, String line, String... metadata) {
        Proto time = Proto.message().varint(1, seconds).varint(2, nanos);
        Proto entry = Proto.message().message(1, time).text(2, line);
        for (int i = 0; i < metadata.length; i += 2) {
            entry.message(3, Proto.message().text(1, metadata[i]).text(2, metadata[i + 1]));
        }
        return entry;
    }

    static byte[] snappy(byte[] plain) {
        try {
            return Snappy.compress(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
