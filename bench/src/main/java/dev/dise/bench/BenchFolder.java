package dev.dise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one run, which is gone on close with all that is in it. */
public final class BenchFolder implements AutoCloseable {
    private final Path path;

    /**
     * Makes it.
     *
     * @param state where; is made too
     * @param name what it begins with
     */
    public BenchFolder(Path state, String name) throws IOException {
        this.path = Files.createTempDirectory(Files.createDirectories(state), name + "-")
                .toAbsolutePath();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
