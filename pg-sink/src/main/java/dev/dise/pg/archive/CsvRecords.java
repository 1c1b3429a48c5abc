package dev.dise.pg.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the CSV that {@code COPY} writes, record by record, keeping each record's own bytes. */
final class CsvRecords implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final InputStream csv;

    CsvRecords(InputStream csv) {
        this.csv = new BufferedInputStream(csv, BUFFER);
    }

    /** The bytes of the next record with its line end; empty at the end. Line ends inside quotes end no record. */
    byte[] next() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        boolean quoted = false;
        for (int b = csv.read(); b >= 0; b = csv.read()) {
            record.write(b);
            if (b == '"') {
                quoted = !quoted;
            } else if (b == '\n' && !quoted) {
                break;
            }
        }
        return record.toByteArray();
    }

    /** The fields of a record; null where it says NULL, by an empty field without quotes. */
    static List<@Nullable String> fields(byte[] record) {
        String text = new String(record, StandardCharsets.UTF_8);
        List<@Nullable String> fields = new ArrayList<>();
        int at = 0;
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        while (at <= end) {
            int close = endOf(text, at, end);
            fields.add(field(text.substring(at, close)));
            at = close + 1;
        }
        return fields;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static int endOf(String text, int from, int end) {
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return end;
    }

    private static @Nullable String field(String raw) {
        if (raw.isEmpty()) {
            return null;
        }
        return raw.startsWith("\"") ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
    }
}
