package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.ArchiveConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of an archive are, each under a name such as {@code tool_logs/2026-01-31-p1.csv.zst}. A reader sees a
 * file as a whole or not at all. Used by one thread at a time.
 */
interface ArchiveStore extends AutoCloseable {

    /**
     * Opens the archive of a generation; each has a place of its own, so that one that is rebuilt touches no file of the
     * other.
     *
     * @throws IllegalStateException if the config names none
     */
    static ArchiveStore open(ArchiveConfig config, Generation generation) {
        return switch (config.kind()) {
            case FOLDER -> new FolderStore(Path.of(config.target()).resolve(generation.schema()));
            case S3 -> S3Store.open(config, generation.schema());
            case UNSET, NONE -> throw new IllegalStateException("there is no archive: set database.archive.target");
        };
    }

    /** Begins a file, new or in the place of one that there is. */
    Draft create(String name) throws IOException;

    /**
     * Reads a file; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream get(String name) throws IOException;

    /** The names that begin with a prefix, sorted. */
    List<String> list(String prefix) throws IOException;

    /** Removes a file for good; one that is not there is as good as removed. */
    void remove(String name) throws IOException;

    /** Removes what killed writers have left of files that they did not finish; nobody may be writing. */
    void removeDrafts() throws IOException;

    @Override
    void close();
}
