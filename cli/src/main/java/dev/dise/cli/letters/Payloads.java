package dev.dise.cli.letters;

import dev.dise.cli.terminal.Printable;
import dev.dise.operations.BytesView;
import dev.dise.operations.RecordView;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Prints records for people: JSON with line breaks, other text as it is, the rest as hexadecimal digits. */
public final class Payloads {
    private static final int MOST_HEX = 512;

    private Payloads() {}

    /** The headers, a line each, and then the value. */
    public static void print(RecordView record, boolean pretty, PrintWriter out) {
        out.println("  key: " + text(record.key()));
        record.headers()
                .forEach(header -> out.println("  " + Printable.text(header.name()) + ": " + text(header.value())));
        out.println();
        lines(record.value(), pretty).lines().forEach(line -> out.println("  " + Printable.text(line)));
    }

    private static String lines(@Nullable BytesView value, boolean pretty) {
        String text = value == null ? null : value.text();
        if (text == null || !pretty) {
            return value == null || text != null ? String.valueOf(text) : text(value);
        }
        try {
            return Json.mapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Json.mapper().readTree(text));
        } catch (JacksonException e) {
            // Many a letter is one because it is no JSON.
            return text;
        }
    }

    private static String text(@Nullable BytesView bytes) {
        if (bytes == null) {
            return "(none)";
        }
        if (bytes.text() != null) {
            return Printable.text(bytes.text());
        }
        byte[] all = bytes.bytes();
        String hex = HexFormat.ofDelimiter(" ").formatHex(all, 0, Math.min(MOST_HEX, all.length));
        return all.length <= MOST_HEX ? hex : hex + " … (" + all.length + " bytes; --output json has them all)";
    }
}
