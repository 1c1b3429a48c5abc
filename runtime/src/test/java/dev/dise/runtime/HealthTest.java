package dev.dise.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.Health.State;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void aProcessIsReadyWhenEveryPartIsUp() {
        health.report("a", State.UP, "writing");
        health.report("b", State.STARTING, "joining");
        assertThat(health.isReady()).isFalse();
        health.report("b", State.UP, "writing");
        assertThat(health.isReady()).isTrue();
    }

    @Test
    void waitingIsAliveButNotReady() {
        health.report("a", State.WAITING, "store is away");
        assertThat(health.isLive()).isTrue();
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void onePartThatFailedEndsTheLifeOfAll() {
        health.report("a", State.UP, "writing");
        health.report("b", State.FAILED, "a bug");
        assertThat(health.isLive()).isFalse();
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void aPartSaysWhatItSaidLast() {
        health.report("b", State.STARTING, "joining");
        health.report("a", State.UP, "writing");
        health.report("b", State.UP, "writing");
        assertThat(health.parts().keySet()).containsExactly("a", "b");
        assertThat(health.parts().get("b")).isEqualTo(new Health.Report(State.UP, "writing"));
    }
}
