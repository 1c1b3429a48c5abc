package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.ingest.spool.StoredRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetourIT {
    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final Drops drops = new Drops(now::get);
    private final Outbox outbox = new Outbox(16 << 20, drops);
    private Detour detour;

    @BeforeEach
    void turnOn() {
        detour = new Detour(SpoolSettings.in(folder.resolve("spool")), outbox, drops, now::get);
        detour.tend();
        detour.divert();
    }

    @AfterEach
    void close() {
        detour.close();
    }

    @Test
    void whatCannotBeNotedHoldsUpNothing() throws IOException {
        emit(2000);
        detour.absorb();
        for (Path segment : segments()) {
            Files.createDirectory(segment.resolveSibling(segment.getFileName() + ".acked"));
        }
        detour.read().forEach(StoredRecord::acknowledge);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        detour.tend();
        assertThat(detour.read()).isNotEmpty();
        emit(1);
        assertThat(detour.absorb()).isTrue();
    }

    @Test
    void isNotQuietWhileMoreCanBeReadOnceSomeIsAcknowledged() {
        emit(10_000);
        detour.absorb();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        detour.force();
        assertThat(detour.isQuiet()).isTrue();
        List<StoredRecord> read = new ArrayList<>();
        for (List<StoredRecord> some = detour.read(); !some.isEmpty(); some = detour.read()) {
            read.addAll(some);
        }
        assertThat(read).hasSizeLessThan(10_000);
        assertThat(detour.isQuiet()).isFalse();
        read.forEach(StoredRecord::acknowledge);
        detour.tend();
        assertThat(detour.isQuiet()).isTrue();
    }

    @Test
    void writesNothingOnceItIsClosed() throws IOException {
        emit(10);
        detour.close();
        List<Path> left = segments();
        emit(10);
        assertThat(detour.relieve()).isFalse();
        detour.tend();
        assertThat(segments()).isEqualTo(left);
        assertThat(detour.books().events()).isEqualTo(10);
    }

    private void emit(int count) {
        IntStream.range(0, count).forEach(i -> {
            Event event = Event.of("urn:s", Log.of("t" + i, LogLevel.INFO, "x".repeat(1000)));
            assertThat(outbox.offer(new Pending(event, now.get(), null))).isTrue();
        });
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }
}
