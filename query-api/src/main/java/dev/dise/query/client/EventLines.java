package dev.dise.query.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Server-sent events as the query service sends them: a name, a line of JSON, and an empty line. */
record EventLines(BiPredicate<String, JsonNode> onEvent) {
    private static final String NAME = "event: ";
    private static final String DATA = "data: ";

    /** Reads until the end, or until who listens has enough. */
    void read(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String name = "";
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(NAME)) {
                name = line.substring(NAME.length());
            } else if (line.startsWith(DATA)
                    && !onEvent.test(name, AnswerMapper.JSON.readTree(line.substring(DATA.length())))) {
                return;
            }
        }
    }
}
