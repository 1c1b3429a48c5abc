package dev.dise.pg.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written under another name beside its place, flushed to disk, and then moved there in one step. */
final class FileDraft extends Draft {
    private static final String SUFFIX = ".draft";

    private final Path file;
    private final Path draft;
    private final FileChannel channel;
    private final Sync sync;

    /**
     * @param sync puts the file's entry in its folder on the disk
     */
    FileDraft(Path file, Sync sync) throws IOException {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + SUFFIX);
        this.sync = sync;
        // What a killed process has left is written anew.
        this.channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @FunctionalInterface
    interface Sync {
        void of(Path file) throws IOException;
    }

    static boolean isOne(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    void commit() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync.of(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(draft);
    }
}
