package dev.dise.operations.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Jobs jobs = new Jobs(Clock.systemUTC());

    @AfterEach
    void end() {
        jobs.close();
    }

    @Test
    void showsHowFarAJobIsAndWhatCameOfIt() {
        CountDownLatch looked = new CountDownLatch(1);
        JobView begun = jobs.start("rebuild", "ada", progress -> {
            progress.at("loading", 3, 10);
            looked.await();
            return "g2";
        });

        await().untilAsserted(() -> assertThat(jobs.find(begun.id())).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.RUNNING);
            assertThat(job.phase()).isEqualTo("loading");
            assertThat(job.done()).isEqualTo(3);
        }));
        looked.countDown();
        await().untilAsserted(() -> assertThat(jobs.find(begun.id())).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.result()).isEqualTo("g2");
            assertThat(job.endedAt()).isNotNull();
        }));
    }

    @Test
    void saysWhyAJobFailed() {
        JobView begun = jobs.start("backup", "ada", progress -> {
            throw new IOException("the disk is full");
        });

        await().untilAsserted(() -> assertThat(jobs.find(begun.id()))
                .hasValueSatisfying(job -> assertThat(job.problem()).isEqualTo("the disk is full")));
    }

    @Test
    void oneOfAKindRunsAtATime() {
        CountDownLatch end = new CountDownLatch(1);
        jobs.start("rebuild", "ada", progress -> {
            end.await();
            return "";
        });

        assertThatThrownBy(() -> jobs.start("rebuild", "bob", progress -> ""))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("begun by ada");
        assertThat(jobs.start("verify", "bob", progress -> "").kind()).isEqualTo("verify");
        end.countDown();
    }
}
