package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.dise.pg.PgStack;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.config.Secret;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenFilesIT extends ArchiveRig {
    private static final LocalDate OLD = TODAY.minusDays(40);
    private static final int ROWS = 70;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsWrittenAgainWithoutTheSubjectAndTheFormerOneIsGone() throws Exception {
        archive(OLD);
        String former = files().get(0);
        assertThat(forgetting().count(PgStack.GENERATION, subject("tool-3", null), rows -> {}))
                .isEqualTo(Map.of("dise_g1/" + former, ROWS / 7L));
        assertThat(remove("tool-3", null)).isEqualTo(Map.of("dise_g1/" + former, ROWS / 7L));

        assertThat(remove("tool-3", null)).isEmpty();
        assertThat(files()).hasSize(1).doesNotContain(former);
        assertThat(texts("SELECT rows FROM dise_g1.archives")).containsExactly("60");
        assertThat(content()).contains("tool-2").doesNotContain("tool-3");
        assertThat(maintenance(keeping()).verify(rows -> {}))
                .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(Finding.State.GOOD));
        maintenance(keeping()).restore("tool_logs", OLD.toString(), Duration.ofDays(1), rows -> {});
        assertThat(count("tool_logs")).isEqualTo(60);
    }

    @Test
    void ofAFileThatHasNothingElseNothingIsLeft() throws Exception {
        addPartition("tool_logs", OLD);
        insertLogs(OLD, 3, 4);
        maintenance(keeping()).pass();
        assertThat(remove("tool-3", EventType.PERF_DATA)).isEmpty();
        assertThat(remove("tool-3", EventType.LOG)).hasSize(1);
        assertThat(files()).isEmpty();
        assertThat(count("archives")).isZero();
    }

    @Test
    void whatKilledProcessesHaveLeftIsLookedThroughToo() throws Exception {
        archive(OLD);
        Path listed = root().resolve(files().get(0));
        // One before the list named it, and one while it was written.
        Files.copy(listed, listed.resolveSibling(OLD + "-p7.csv.zst"));
        Files.copy(listed, listed.resolveSibling(OLD + "-p8.csv.zst.draft"));
        assertThat(remove("tool-3", null)).hasSize(2);
        assertThat(files()).hasSize(1);
        assertThat(content()).doesNotContain("tool-3");
        try (Stream<Path> all = Files.walk(root())) {
            assertThat(all.filter(FileDraft::isOne)).isEmpty();
        }
    }

    @Test
    void aFileThatCameLaterDoesNotTakeThePlaceOfOneThatWasReplaced() throws Exception {
        archive(OLD);
        remove("tool-3", null);
        archive(OLD);
        assertThat(files()).hasSize(2);
        assertThat(texts("SELECT sum(rows) FROM dise_g1.archives")).containsExactly("130");
    }

    private void archive(LocalDate day) {
        addPartition("tool_logs", day);
        insertLogs(day, ROWS);
        assertThat(maintenance(keeping()).pass().failures()).isEmpty();
    }

    private Map<String, Long> remove(String subject, @Nullable EventType type) throws Exception {
        return forgetting().remove(PgStack.GENERATION, subject(subject, type), rows -> {});
    }

    private ForgottenFiles forgetting() {
        return new ForgottenFiles(postgres.reader(), keeping(), Clock.systemUTC());
    }

    private static ForgottenSubject subject(String subject, @Nullable EventType type) {
        return new ForgottenSubject(subject, type, Clock.systemUTC().instant(), "me", "");
    }

    private Keeping keeping() {
        return thirtyDays(new ArchiveConfig(folder.toString(), "", "us-east-1", new Secret(""), new Secret("")));
    }

    private Path root() {
        return folder.resolve("dise_g1");
    }

    private List<String> files() {
        try (ArchiveStore store = new FolderStore(root())) {
            return store.list("").stream().filter(name -> name.endsWith(".zst")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all files, unpacked. */
    private String content() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String name : files()) {
            try (InputStream in = new ZstdInputStreamNoFinalizer(Files.newInputStream(root().resolve(name)))) {
                all.append(new String(in.readAllBytes(), UTF_8));
            }
        }
        return all.toString();
    }
}
