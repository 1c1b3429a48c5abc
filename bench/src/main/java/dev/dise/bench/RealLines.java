package dev.dise.bench;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of real logs that may lie beside the project. */
final class RealLines {
    private static final int LONGEST = 400;

    private RealLines() {}

    /** All lines of the folder's logs that are not blank, cut where they are very long; nothing if there is no folder. */
    static List<String> in(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                        .sorted()
                        .toList()) {
                    lines.addAll(linesOf(file));
                }
            }
        }
        return lines;
    }

    private static List<String> linesOf(Path file) throws IOException {
        try (Stream<String> lines = Files.readAllLines(file).stream()) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> line.substring(0, Math.min(LONGEST, line.length())))
                    .toList();
        } catch (MalformedInputException e) {
            // Not UTF-8: the other files are enough.
            return List.of();
        }
    }
}
