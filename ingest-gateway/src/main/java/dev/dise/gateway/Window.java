package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import dev.dise.schemas.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Events of one request that are on their way together, in their order. A bad one costs itself and none of its neighbours. */
final class Window {
    private final Outlet outlet;
    private final List<Sent> sent = new ArrayList<>();
    private long bytes;

    /**
     * An item on its way, or refused.
     *
     * @param id null if it was refused before it had one
     */
    private record Sent(
            int index,
            @Nullable String id,
            @Nullable CompletableFuture<Receipt> answer,
            @Nullable InvalidEventException refusal) {}

    Window(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Sends an event. */
    void send(int index, Event event) {
        bytes += event.data().length;
        sent.add(new Sent(index, event.envelope().id(), outlet.send(event), null));
    }

    /** Takes what will never be sent to its place among the others. */
    void refuse(int index, @Nullable String id, InvalidEventException refusal) {
        sent.add(new Sent(index, id, null, refusal));
    }

    int size() {
        return sent.size();
    }

    /** Bytes of data on their way. */
    long bytes() {
        return bytes;
    }

    /** Waits for all of it until the deadline, and counts what came of it. The window is empty then. */
    void settle(long deadlineNanos, Tally tally) {
        awaitLast(deadlineNanos);
        for (Sent item : sent) {
            tally.add(result(item, deadlineNanos));
        }
        sent.clear();
        bytes = 0;
    }

    /** When the last one is there most others are, so that this thread wakes up once and not for each. */
    private void awaitLast(long deadlineNanos) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            CompletableFuture<Receipt> answer = sent.get(i).answer();
            if (answer != null) {
                Outcome unused = Outcome.await(answer, deadlineNanos);
                return;
            }
        }
    }

    private static ItemResult result(Sent item, long deadlineNanos) {
        if (item.answer() == null) {
            return ItemResult.refused(item.index(), item.id(), item.refusal());
        }
        return ItemResult.of(item.index(), item.id(), Outcome.await(item.answer(), deadlineNanos));
    }
}
