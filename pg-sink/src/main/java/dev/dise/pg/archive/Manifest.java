package dev.dise.pg.archive;

import dev.dise.schemas.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What an archived file is, kept beside it; written when the file is whole.
 *
 * @param day the day, or {@code rest}
 * @param origin which tables the rows are from: the schema, and when it was made
 * @param rows without the line of column names
 * @param bytes of the file as it is, compressed
 * @param sha256 of the same, in hexadecimal
 */
record Manifest(
        String table,
        String day,
        int generation,
        String origin,
        long rows,
        Instant firstTime,
        Instant lastTime,
        long bytes,
        String sha256,
        List<String> columns,
        String format,
        Instant createdAt) {
    /** As COPY writes it: NULL is an empty field without quotes, an empty text one with them. */
    static final String FORMAT = "PostgreSQL CSV with header, UTF-8, zstd";

    Manifest {
        Stream.of(table, day, origin, firstTime, lastTime, sha256, format, createdAt)
                .forEach(Objects::requireNonNull);
        columns = List.copyOf(columns);
    }

    static String fileOf(String file) {
        return file + ".manifest.json";
    }

    byte[] encode() {
        return Json.encode(this);
    }

    /**
     * Reads one.
     *
     * @throws BrokenFileException if it is none
     */
    static Manifest decode(String file, byte[] bytes) throws BrokenFileException {
        Manifest manifest;
        try {
            manifest = Json.mapper().readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw new BrokenFileException(fileOf(file) + " is no manifest", e);
        }
        if (manifest == null) {
            throw new BrokenFileException(fileOf(file) + " is no manifest");
        }
        return manifest;
    }
}
