package dev.dise.query.export;

import dev.dise.query.RefusedException;
import dev.dise.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** How rows are written. */
enum Format {
    /** A JSON object a line, as lists tell rows; every value as it is. */
    NDJSON("application/x-ndjson") {
        @Override
        byte[] begin(List<String> columns) {
            return new byte[0];
        }

        @Override
        byte[] row(ObjectNode row) {
            byte[] json = Json.encode(row);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        }
    },
    /** RFC 4180 with the names of the columns first, see {@link Csv}. */
    CSV("text/csv; charset=utf-8; header=present") {
        @Override
        byte[] begin(List<String> columns) {
            return Csv.names(columns).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        byte[] row(ObjectNode row) {
            return Csv.line(row).getBytes(StandardCharsets.UTF_8);
        }
    };

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    static Format of(String word) {
        return switch (word) {
            case "ndjson" -> NDJSON;
            case "csv" -> CSV;
            default -> throw RefusedException.badValue("format", "must be ndjson or csv");
        };
    }

    String mediaType() {
        return mediaType;
    }

    /** Its name, which files end with. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract byte[] begin(List<String> columns);

    abstract byte[] row(ObjectNode row);
}
