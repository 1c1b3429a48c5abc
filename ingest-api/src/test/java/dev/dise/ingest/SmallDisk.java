package dev.dise.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes that can be filled. */
final class SmallDisk implements AutoCloseable {
    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Skips the test, and says why, where mounting is not permitted. */
    static SmallDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        int refused = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        Assumptions.assumeTrue(refused == 0, "a small file system cannot be mounted here: it needs root's rights");
        return new SmallDisk(directory);
    }

    Path folder() {
        return mount;
    }

    /** Fills it but for that many megabytes. */
    void fillUpTo(int megabytes) throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
            while (mount.toFile().getUsableSpace() > ((long) megabytes << 20)) {
                out.write(block);
            }
        }
    }

    void free() throws IOException {
        Files.delete(mount.resolve("filler"));
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", mount.toString());
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue();
    }
}
