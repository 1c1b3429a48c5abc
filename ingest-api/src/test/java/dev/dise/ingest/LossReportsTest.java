package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossReportsTest {
    private final AtomicLong now = new AtomicLong();
    private final Drops drops = new Drops(now::get);
    private final List<Event> sent = new ArrayList<>();
    private final List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    private final LossReports reports = new LossReports(
            new EmitterSettings(
                    "urn:s",
                    null,
                    () -> null,
                    Redaction.none(),
                    1,
                    new Overflow.DropNewest(),
                    EmitterBuilder.DEFAULT_DELIVERY_TIMEOUT),
            drops,
            this::send,
            now::get);

    @Test
    void waitsUntilSomethingIsDelivered() {
        drop(3);
        look(0);
        assertThat(sent).isEmpty();
        look(1);
        assertThat(losses(0)).contains("{\"BUFFER_FULL\":3}");
    }

    @Test
    void aReportThatIsLostItselfIsMadeAgain() {
        drop(3);
        look(1);
        answers.get(0)
                .completeExceptionally(
                        new NotDeliveredException(sent.get(0).envelope().id(), DropReason.BUFFER_FULL));
        drop(1);
        look(2);
        assertThat(losses(1)).contains("{\"BUFFER_FULL\":4}");
    }

    @Test
    void whatHasArrivedIsNotToldAgain() {
        drop(3);
        look(1);
        arrives(0);
        drop(2);
        look(2);
        assertThat(losses(1)).contains("{\"BUFFER_FULL\":2}");
        arrives(1);
        look(3);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aLossWithinThePauseIsToldThoughNothingIsDeliveredAfterIt() {
        drop(3);
        look(1);
        arrives(0);
        drop(2);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        reports.reportIfDue(2);
        assertThat(sent).hasSize(1);
        look(2);
        assertThat(losses(1)).contains("{\"BUFFER_FULL\":2}");
    }

    /** A while later. */
    private void look(long delivered) {
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        reports.reportIfDue(delivered);
    }

    private void drop(int count) {
        for (int i = 0; i < count; i++) {
            drops.add(DropReason.BUFFER_FULL, "");
        }
    }

    private void arrives(int report) {
        answers.get(report).complete(new Receipt.InSpool(sent.get(report).envelope()));
    }

    private String losses(int report) {
        return new String(sent.get(report).data(), UTF_8);
    }

    private CompletableFuture<Receipt> send(Event report) {
        sent.add(report);
        answers.add(new CompletableFuture<>());
        return answers.get(answers.size() - 1);
    }
}
