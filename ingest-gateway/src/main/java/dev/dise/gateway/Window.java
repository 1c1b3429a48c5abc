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
    private final List<Item> items = new ArrayList<>();
    private long bytes;

    /** An item. */
    private sealed interface Item {
        /** Under way. */
        record Sent(int index, String id, CompletableFuture<Receipt> answer) implements Item {}

        /** Never sent, and why. */
        record Refused(int index, @Nullable String id, InvalidEventException refusal) implements Item {}
    }

    Window(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Sends an event. */
    void send(int index, Event event) {
        bytes += event.data().length;
        items.add(new Item.Sent(index, event.envelope().id(), outlet.send(event)));
    }

    /** Takes what will never be sent to its place among the others. */
    void refuse(int index, @Nullable String id, InvalidEventException refusal) {
        items.add(new Item.Refused(index, id, refusal));
    }

    int size() {
        return items.size();
    }

    /** Bytes of data on their way. */
    long bytes() {
        return bytes;
    }

    /** Waits for all of it until the deadline, and counts what came of it. The window is empty then. */
    void settle(long deadlineNanos, Tally tally) {
        awaitLast(deadlineNanos);
        for (Item item : items) {
            tally.add(result(item, deadlineNanos));
        }
        items.clear();
        bytes = 0;
    }

    /** When the last one is there most others are, so that this thread wakes up once and not for each. */
    private void awaitLast(long deadlineNanos) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof Item.Sent last) {
                Outcome unused = Outcome.await(last.answer(), deadlineNanos);
                return;
            }
        }
    }

    private static ItemResult result(Item item, long deadlineNanos) {
        return switch (item) {
            case Item.Refused refused -> ItemResult.refused(refused.index(), refused.id(), refused.refusal());
            case Item.Sent sent -> ItemResult.of(sent.index(), sent.id(), Outcome.await(sent.answer(), deadlineNanos));
        };
    }
}
