package dev.dise.operations.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as bytes and back, and what damage is noticed. */
class BackupFilesTest {
    private static final Partition PARTITION = new Partition("dise.bulk", 2);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void aRecordComesBackAsItWas() throws IOException {
        SourceRecord record = record(
                17,
                new byte[] {1, 2},
                new byte[0],
                List.of(new Header("a", new byte[] {3}), new Header("a", null), new Header("ü", new byte[0])));
        SourceRecord back = back(record);
        assertThat(back.partition()).isEqualTo(PARTITION);
        assertThat(back.offset()).isEqualTo(17);
        assertThat(back.appendedAt()).isEqualTo(TIME);
        assertThat(back.key()).containsExactly(1, 2);
        assertThat(back.value()).isEmpty();
        assertThat(back.headers()).extracting(Header::name).containsExactly("a", "a", "ü");
        assertThat(back.headers().get(1).value()).isNull();
    }

    @Test
    void aTombstoneAndNoKeyStayWhatTheyAre() throws IOException {
        SourceRecord back = back(record(0, null, null, List.of()));
        assertThat(back.key()).isNull();
        assertThat(back.value()).isNull();
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        byte[] file = frames(record(5, new byte[] {1}, "value".getBytes(UTF_8), List.of()));
        for (int i = Integer.BYTES; i < file.length; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(damaged)).next())
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anEndInTheMiddleIsNoticed() throws IOException {
        byte[] file = frames(record(5, new byte[] {1}, new byte[100], List.of()));
        for (int length = 1; length < file.length; length += 7) {
            FrameReader frames = new FrameReader(new ByteArrayInputStream(file, 0, length));
            assertThatThrownBy(frames::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLengthThatIsDamageCostsNoMemory() {
        byte[] garbage = new byte[64];
        new Random(1).nextBytes(garbage);
        garbage[0] = 0x7F;
        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(garbage)).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes");
    }

    private static SourceRecord record(
            long offset, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        return new SourceRecord(PARTITION, offset, TIME, key, value, headers);
    }

    private static SourceRecord back(SourceRecord record) throws IOException {
        FrameReader frames = new FrameReader(new ByteArrayInputStream(frames(record)));
        return RecordFrame.read(PARTITION, Objects.requireNonNull(frames.next()));
    }

    private static byte[] frames(SourceRecord record) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new RecordFrame().write(record, new FrameWriter(file));
        return file.toByteArray();
    }
}
