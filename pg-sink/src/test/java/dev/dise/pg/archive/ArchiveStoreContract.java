package dev.dise.pg.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every archive must do, wherever its files are. */
abstract class ArchiveStoreContract {
    private static final String NAME = "tool_logs/2026-01-31-p1.csv.zst";
    private static final long SEED = 31;

    /** An archive without a file; the same during one test. */
    abstract ArchiveStore store();

    @Test
    void whatIsCommittedCanBeRead() throws IOException {
        put(NAME, bytes("rows"));
        assertThat(get(NAME)).isEqualTo(bytes("rows"));
    }

    @Test
    void aFileMayBeEmpty() throws IOException {
        put(NAME, new byte[0]);
        assertThat(get(NAME)).isEmpty();
        assertThat(store().list("")).containsExactly(NAME);
    }

    @Test
    void aFileMayBeLargerThanTheMemoryOfItsWriter() throws IOException {
        byte[] large = new byte[40 * 1024 * 1024 + 1];
        new Random(SEED).nextBytes(large);
        try (Draft draft = store().create(NAME)) {
            draft.write(large[0]);
            draft.write(large, 1, 20_000_000);
            draft.write(large, 20_000_001, large.length - 20_000_001);
            draft.commit();
        }
        assertThat(get(NAME)).isEqualTo(large);
    }

    @Test
    void writingAgainReplaces() throws IOException {
        put(NAME, bytes("a long first version"));
        put(NAME, bytes("second"));
        assertThat(get(NAME)).isEqualTo(bytes("second"));
        assertThat(store().list("")).containsExactly(NAME);
    }

    @Test
    void whatIsNotCommittedWasNeverThere() throws IOException {
        byte[] large = new byte[17 * 1024 * 1024];
        try (Draft draft = store().create(NAME)) {
            draft.write(large);
        }
        assertThat(store().list("")).isEmpty();
        put(NAME, bytes("first"));
        try (Draft draft = store().create(NAME)) {
            draft.write(large);
        }
        assertThat(get(NAME)).isEqualTo(bytes("first"));
    }

    @Test
    void whatIsRemovedIsGoneAndRemovingItAgainIsHarmless() throws IOException {
        put(NAME, bytes("x"));
        store().remove(NAME);
        store().remove(NAME);
        store().removeDrafts();
        assertThat(store().list("")).isEmpty();
    }

    @Test
    void listsByPrefix() throws IOException {
        put("tool_logs/2026-01-31-p2.csv.zst", bytes("x"));
        put("tool_logs/2026-01-31-p1.csv.zst", bytes("x"));
        put("conversations/rest-p1.csv.zst", bytes("x"));
        assertThat(store().list("tool_logs/"))
                .containsExactly("tool_logs/2026-01-31-p1.csv.zst", "tool_logs/2026-01-31-p2.csv.zst");
        assertThat(store().list("")).hasSize(3);
        assertThat(store().list("tool_bugs/")).isEmpty();
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> get(NAME))
                .withMessageContaining(NAME);
    }

    void put(String name, byte[] content) throws IOException {
        try (Draft draft = store().create(name)) {
            draft.write(content);
            draft.commit();
        }
    }

    byte[] get(String name) throws IOException {
        try (InputStream in = store().get(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
