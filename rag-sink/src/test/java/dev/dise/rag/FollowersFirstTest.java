package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FollowersFirstTest {
    private static final Partition HERE = new Partition("dise.vectors", 0);
    private static final Partition ELSEWHERE = new Partition("dise.vectors", 1);

    private final FollowersFirst order = new FollowersFirst();

    @Test
    void theLiveOneWritesBehindAFollowerThatIsAtWork() {
        order.wrote(2, upTo(HERE, 10));
        CompletableFuture<Void> live = CompletableFuture.runAsync(() -> order.awaitOthers(1, upTo(HERE, 20)));
        order.wrote(2, upTo(HERE, 20));
        await().atMost(Duration.ofSeconds(5)).until(live::isDone);
    }

    @Test
    void aFollowerThatIsLateIsWaitedForOnceUntilItHasCaughtUp() {
        order.wrote(2, upTo(HERE, 10));
        assertThat(waited(20)).isBetween(150L, 5_000L);
        assertThat(waited(30)).isLessThan(100);
        order.wrote(2, upTo(HERE, 40));
        assertThat(waited(40)).isLessThan(100);
        assertThat(waited(50)).isBetween(150L, 5_000L);
    }

    @Test
    void nobodyIsWaitedForWhoIsGoneOrReadsOtherPartitionsOrIsTheLiveOneItself() {
        order.wrote(1, upTo(HERE, 10));
        order.wrote(2, upTo(ELSEWHERE, 10));
        order.wrote(3, upTo(HERE, 10));
        order.forget(3);
        assertThat(waited(20)).isLessThan(100);
    }

    private long waited(long end) {
        long begin = System.nanoTime();
        order.awaitOthers(1, upTo(HERE, end));
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static Map<Partition, Span> upTo(Partition partition, long end) {
        return Map.of(partition, new Span(end - 10, end));
    }
}
