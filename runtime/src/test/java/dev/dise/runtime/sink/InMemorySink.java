package dev.dise.runtime.sink;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose store is a map: what the contract demands, in its plainest form. What it stores can be read from any
 * thread. For tests.
 */
public final class InMemorySink implements Sink<DecodedEvent> {
    private final Predicate<Delivery<DecodedEvent>> refuses;
    private final Map<String, Delivery<DecodedEvent>> versions = new HashMap<>();
    private final List<Delivery<DecodedEvent>> written = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean closed;

    /** Stores everything. */
    public InMemorySink() {
        this(delivery -> false);
    }

    /** Refuses some for ever. */
    public InMemorySink(Predicate<Delivery<DecodedEvent>> refuses) {
        this.refuses = refuses;
    }

    @Override
    public void write(Batch<DecodedEvent> batch, Refusals refusals) throws StoreUnavailableException {
        if (away) {
            throw new StoreUnavailableException("the map is away", new IllegalStateException("away"));
        }
        List<Delivery<DecodedEvent>> good = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (Delivery<DecodedEvent> delivery : batch.deliveries()) {
            if (refuses.test(delivery)) {
                rejections.add(new Rejection(delivery.record(), "MAP_VALUE", "the map refuses it"));
            } else {
                good.add(delivery);
            }
        }
        refusals.accept(rejections);
        written.addAll(good);
        good.forEach(this::keepNewest);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** From now on the store does not answer, or answers again. */
    public void setAway(boolean newAway) {
        away = newAway;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Every delivery that was written, in order, repetitions and old versions included. */
    public List<Delivery<DecodedEvent>> written() {
        return List.copyOf(written);
    }

    /** The ids of what was written, in order. */
    public List<String> writtenIds() {
        return written.stream()
                .map(delivery -> delivery.content().envelope().id())
                .toList();
    }

    /** The newest version of each entity by its subject, without what was deleted. */
    public Map<String, DecodedEvent> entities() {
        Map<String, DecodedEvent> entities = new HashMap<>();
        versions.forEach((subject, delivery) -> {
            if (delivery.content().envelope().type() != EventType.DELETION) {
                entities.put(subject, delivery.content());
            }
        });
        return entities;
    }

    private void keepNewest(Delivery<DecodedEvent> delivery) {
        Envelope envelope = delivery.content().envelope();
        @Nullable Delivery<DecodedEvent> there = versions.get(envelope.subject());
        if (there == null
                || !envelope.time().isBefore(there.content().envelope().time())) {
            versions.put(envelope.subject(), delivery);
        }
    }
}
