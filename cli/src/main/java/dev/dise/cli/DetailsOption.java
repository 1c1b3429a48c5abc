package dev.dise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option of every listing of rows that have details. */
final class DetailsOption {
    @Option(
            names = "--details",
            paramLabel = "PATH=VALUE",
            description =
                    "only with this value in the details, as in user.id=7, and \\. for a dot of a name; several times: all of them")
    private Map<String, String> details = new LinkedHashMap<>();

    Rows on(Rows rows) {
        details.forEach((path, value) -> rows.with("details." + path, value));
        return rows;
    }
}
