package dev.dise.pg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes that a database can be moved to, and that can be filled. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "64m";

    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Skips the test, and says why, where mounting is not permitted. */
    static SmallDisk mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        int refused = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString());
        Assumptions.assumeTrue(refused == 0, "a small file system cannot be mounted here: it needs root's rights");
        Files.createDirectory(directory.resolve("tablespace"));
        return new SmallDisk(directory);
    }

    /** Moves the database here; fails while it has sessions. */
    void take(PgServer postgres) {
        if (PgStack.query(postgres.superuser(), "SELECT FROM pg_tablespace WHERE spcname = 'small'")
                .isEmpty()) {
            postgres.executeAsSuperuser("CREATE TABLESPACE small LOCATION '" + mount.resolve("tablespace") + "'");
        }
        postgres.executeAsSuperuser("ALTER DATABASE dise_data SET TABLESPACE small");
    }

    /** Moves the database back. */
    void giveBack(PgServer postgres) {
        postgres.executeAsSuperuser("ALTER DATABASE dise_data SET TABLESPACE pg_default", "DROP TABLESPACE small");
    }

    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (mount.toFile().getUsableSpace() > 0) {
                throw full;
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
