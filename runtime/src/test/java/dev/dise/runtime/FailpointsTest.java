package dev.dise.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointsTest {
    @Test
    void withoutAPlanNothingHappens() {
        assertThatCode(() -> Failpoints.none().hit("a")).doesNotThrowAnyException();
        assertThatCode(() -> Failpoints.from(" ").hit("a")).doesNotThrowAnyException();
    }

    @Test
    void aStepHappensAtItsHitOnly() {
        Failpoints points = Failpoints.from("a=throw@3");
        points.hit("a");
        points.hit("b");
        points.hit("a");
        points.hit("b");
        assertThatIllegalStateException().isThrownBy(() -> points.hit("a")).withMessage("failpoint a");
        assertThatCode(() -> points.hit("a")).doesNotThrowAnyException();
    }

    @Test
    void aStepWithoutANumberHappensEachTime() {
        Failpoints points = Failpoints.from("a.b_c=throw");
        assertThatIllegalStateException().isThrownBy(() -> points.hit("a.b_c"));
        assertThatIllegalStateException().isThrownBy(() -> points.hit("a.b_c"));
    }

    @Test
    void severalStepsMayBePlannedForOnePlace() {
        Failpoints points = Failpoints.from("a=throw@1, a=throw@2 ,b=sleep(0)");
        assertThatIllegalStateException().isThrownBy(() -> points.hit("a"));
        assertThatIllegalStateException().isThrownBy(() -> points.hit("a"));
        assertThatCode(() -> points.hit("b")).doesNotThrowAnyException();
    }

    @Test
    void aParkedThreadStopsUntilItIsInterrupted() throws Exception {
        Failpoints points = Failpoints.from("a=park");
        CountDownLatch wentOn = new CountDownLatch(1);
        Thread parked = new Thread(() -> {
            points.hit("a");
            wentOn.countDown();
        });
        parked.start();
        await().until(() -> parked.getState() == Thread.State.TIMED_WAITING);
        assertThat(wentOn.getCount()).isEqualTo(1);
        parked.interrupt();
        parked.join();
        assertThat(wentOn.getCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a=", "=halt", "a=explode", "a=halt@", "a=halt@x", "a=sleep", "a=halt,", "a=halt;b=halt"})
    void aPlanThatIsNoneIsRefused(String plan) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Failpoints.from(plan))
                .withMessageContaining("is no failpoint");
    }
}
