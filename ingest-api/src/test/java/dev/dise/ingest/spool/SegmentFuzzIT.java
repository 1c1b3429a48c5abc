package dev.dise.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a segment holds, its intact records are read and nothing else is. How to fuzz: docs/testing.md. */
class SegmentFuzzIT {
    private static final int MOST_BYTES = 3 << 20;

    @TempDir
    static Path folder;

    @FuzzTest
    void anyBytesAreReadToTheirEnd(byte[] input) throws IOException {
        Found found = read(input);
        List<byte[]> written = new ArrayList<>();
        long bytes = 0;
        for (byte[] payload : found.payloads()) {
            bytes += RecordFormat.sizeOf(payload);
            written.add(record(payload));
        }
        assertThat(found.damages() > 0).isEqualTo(bytes < input.length);
        // Each of them stands there, checksum and all, behind the one before.
        int from = 0;
        for (byte[] record : written) {
            from = indexOf(input, record, from) + record.length;
        }
    }

    /** Records with rubbish between them, long ones too. */
    @FuzzTest
    void everyIntactRecordIsFoundBehindAnyDamage(FuzzedDataProvider input) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        ByteBuffer segment = ByteBuffer.allocate(MOST_BYTES);
        while (input.remainingBytes() > 0 && payloads.size() < 50) {
            byte[] part = input.consumeBytes(input.consumeInt(0, 200));
            switch (input.consumeInt(0, 3)) {
                case 0, 1 -> {
                    byte[] payload = Arrays.copyOf(part, part.length + input.consumeInt(0, 3) * 100_000);
                    if (segment.remaining() >= RecordFormat.sizeOf(payload)) {
                        RecordFormat.put(segment, payload);
                        payloads.add(payload);
                    }
                }
                case 2 -> put(segment, part);
                default -> {
                    // The beginning of a record that promises more than there is, or less.
                    byte[] record = record(part);
                    int promised = input.consumeInt();
                    ByteBuffer.wrap(record).putInt(4, promised == part.length ? promised + 1 : promised);
                    put(segment, record);
                }
            }
        }
        List<byte[]> found =
                read(Arrays.copyOf(segment.array(), segment.position())).payloads();
        assertThat(found).hasSameSizeAs(payloads);
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(found.get(i)).isEqualTo(payloads.get(i));
        }
    }

    private record Found(List<byte[]> payloads, long damages) {}

    private static Found read(byte[] bytes) throws IOException {
        Path file = folder.resolve("0000000000001-slot-0-1" + Segment.SUFFIX);
        Files.write(file, bytes);
        Segment segment = Segment.existing(file);
        List<byte[]> payloads = new ArrayList<>();
        long damages = 0;
        while (!segment.isRead()) {
            Segment.Slice slice = segment.read(Spool.CHUNK_BYTES);
            slice.records().forEach(record -> payloads.add(record.payload()));
            damages += slice.damages();
        }
        segment.close();
        return new Found(payloads, damages);
    }

    private static void put(ByteBuffer segment, byte[] bytes) {
        segment.put(bytes, 0, Math.min(bytes.length, segment.remaining()));
    }

    private static byte[] record(byte[] payload) {
        ByteBuffer buffer = ByteBuffer.allocate(RecordFormat.sizeOf(payload));
        RecordFormat.put(buffer, payload);
        return buffer.array();
    }

    private static int indexOf(byte[] bytes, byte[] part, int from) {
        for (int at = from; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("a record that was never written");
    }
}
