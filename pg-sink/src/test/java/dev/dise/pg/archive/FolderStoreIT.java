package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.pg.PgStack;
import dev.dise.runtime.config.ArchiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreIT extends ArchiveStoreContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    ArchiveStore store() {
        return ArchiveStore.open(ArchiveConfig.to(folder.toString()), PgStack.GENERATION);
    }

    @Test
    void aFileLiesBelowItsGeneration() throws IOException {
        put("tool_logs/a", new byte[1]);
        assertThat(folder.resolve("dise_g1/tool_logs/a")).exists();
    }

    @Test
    void whatAKilledWriterLeftIsNoFile() throws IOException {
        Path left = folder.resolve("dise_g1/tool_logs/a.draft");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half of it, and longer than what comes");
        assertThat(store().list("")).isEmpty();
        put("tool_logs/a", new byte[3]);
        assertThat(get("tool_logs/a")).hasSize(3);
        assertThat(left).doesNotExist();
    }
}
