package dev.dise.bench.rag;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What people look for among the tool definitions, and which of these answer it. */
final class Questions {
    private static final String FILE = "questions.tsv";

    private Questions() {}

    /**
     * One of them.
     *
     * @param kind paraphrase, deep, exact or none
     * @param tools ids of the tools that answer it; none if nothing fits
     */
    record Question(String kind, String text, Set<String> tools) {
        static Question parse(String line) {
            List<String> fields = List.of(line.split("\t", -1));
            return new Question(
                    fields.get(0),
                    fields.get(1),
                    fields.get(2).equals("-") ? Set.of() : Set.of(fields.get(2).split(",", -1)));
        }
    }

    static List<Question> all() throws IOException {
        try (InputStream file = Questions.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new FileNotFoundException(FILE);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Question::parse)
                    .toList();
        }
    }
}
