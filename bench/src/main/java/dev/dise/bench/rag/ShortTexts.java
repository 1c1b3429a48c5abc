package dev.dise.bench.rag;

import dev.dise.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Texts to embed: pieces of real artifacts where there are any, else of made-up ones. */
public final class ShortTexts {
    static final int WORDS = 50;
    static final int COUNT = 512;

    private static final List<String> MADE_UP = List.of(
            ("tool that reads parses writes repairs a file of json yaml text and returns its summary with an error code when"
                            + " the model fails to answer in time retry plan generate evaluate score workflow step prompt")
                    .split(" "));
    private static final long SEED = 20_262;

    private ShortTexts() {}

    static List<String> from(Path artifacts) throws IOException {
        List<String> pieces = new ArrayList<>();
        if (Files.exists(artifacts)) {
            for (String line : Files.readAllLines(artifacts)) {
                JsonNode artifact = Json.mapper().readTree(line);
                pieces.addAll(pieces(artifact.path("name").asString("")
                        + ' '
                        + artifact.path("content").asString("")));
            }
        }
        Random random = new Random(SEED);
        while (pieces.size() < COUNT) {
            pieces.add(madeUp(WORDS, random));
        }
        return IntStream.range(0, COUNT)
                .mapToObj(i -> pieces.get((int) ((long) i * pieces.size() / COUNT)))
                .toList();
    }

    public static String madeUp(int words, Random random) {
        return IntStream.range(0, words)
                .mapToObj(i -> MADE_UP.get(random.nextInt(MADE_UP.size())))
                .collect(Collectors.joining(" "));
    }

    private static List<String> pieces(String text) {
        String[] words = text.strip().split("\\s+");
        return IntStream.rangeClosed(0, (words.length - 1) / WORDS)
                .mapToObj(i ->
                        String.join(" ", Arrays.copyOfRange(words, i * WORDS, Math.min(words.length, (i + 1) * WORDS))))
                .toList();
    }
}
