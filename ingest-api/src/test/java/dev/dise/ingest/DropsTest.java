package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DropsTest {
    private static final int EACH = 500_000;

    private final Drops drops = new Drops(System::nanoTime);

    @Test
    void theReportsTogetherTellEachDropOnce() throws Exception {
        CompletableFuture<Void> adder = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < EACH; i++) {
                drops.add(DropReason.BUFFER_FULL, "");
                drops.add(DropReason.INVALID, "");
            }
        });
        long told = 0;
        while (!adder.isDone()) {
            told += drops.report(List.of(), 0).lost();
        }
        adder.get(10, TimeUnit.SECONDS);
        told += drops.report(List.of(), 0).lost();
        assertThat(told).isEqualTo(2 * EACH);
    }
}
