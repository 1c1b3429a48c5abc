package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of a gateway under load. */
class StoppingIT {
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";
    private static final String REQUEST = RawClient.post("/v1/events/log", LOG);

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    @Test
    void whatWasSentIsAnsweredAndWhatIsUnfinishedIsRefused() throws Exception {
        GatewayRig rig = new GatewayRig(config -> config);
        rig.outlet.answer(event -> new CompletableFuture<Receipt>()
                .completeOnTimeout(ScriptedOutlet.inKafka(event).join(), 20, TimeUnit.MILLISECONDS));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                RawClient unfinished = rig.raw();
                RawClient idle = rig.raw()) {
            List<Future<?>> load = IntStream.range(0, 32)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> sendUntilTold(rig)))
                    .toList();
            assertThat(idle.send(REQUEST).answer().status()).isEqualTo(202);
            RawClient unused = unfinished.send(REQUEST.substring(0, REQUEST.length() - 1));
            await().until(() -> answered.get() > 500);
            long begin = System.nanoTime();
            Future<?> stopping = clients.submit(rig::close);
            RawClient.Answer refused = unfinished.answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("STOPPING", "Retry-After");
            assertThat(idle.isClosed()).isTrue();
            stopping.get(15, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
            for (Future<?> each : load) {
                each.get(15, TimeUnit.SECONDS);
            }
        }
        assertThat(unanswered).hasValue(0);
        assertThat(rig.outlet.taken().size()).isEqualTo(answered.get() + 1);
    }

    /** Sends one request after the other until it is told that this was the last, or nobody listens any more. */
    private void sendUntilTold(GatewayRig rig) {
        boolean goesOn = true;
        while (goesOn) {
            try (RawClient raw = rig.raw()) {
                RawClient.Answer answer;
                do {
                    answer = raw.send(REQUEST).answer();
                    (answer.status() == 202 ? answered : unanswered).incrementAndGet();
                } while (answer.status() == 202 && !answer.closes());
                goesOn = !answer.closes();
            } catch (IOException e) {
                unanswered.incrementAndGet();
                goesOn = false;
            }
        }
    }
}
