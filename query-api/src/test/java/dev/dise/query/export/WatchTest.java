package dev.dise.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void endsWhatDoesNotMove() {
        try (Watch watch = new Watch(new Watch.Limits(LONG, SHORT));
                Watch.Watched watched = watch.begin()) {
            watched.moves();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        }
    }

    @Test
    void endsWhatTakesTooLongThoughItMoves() {
        try (Watch watch = new Watch(new Watch.Limits(Duration.ofMillis(100), Duration.ofMillis(200)));
                Watch.Watched watched = watch.begin()) {
            while (!Thread.interrupted()) {
                watched.moves();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void leavesWhatIsOverAlone() {
        try (Watch watch = new Watch(new Watch.Limits(LONG, SHORT))) {
            watch.begin().close();
            try (Watch.Watched other = watch.begin()) {
                other.moves();
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
