package dev.dise.ingest;

import dev.dise.ingest.spool.StoredRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * From memory to Kafka while that goes well, else from memory to disk and from there to Kafka. Everything goes one way or
 * everything the other, so that the order stays: first what the producer has, then what is on disk, then what is in memory.
 */
final class SpoolCourse implements Course {
    /** How long an event may be without an answer before it goes to disk. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long RETRY_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMillis(20).toNanos();
    private static final long SHORT_WAIT = Duration.ofNanos(50_000).toNanos();
    private static final long STUCK = Duration.ofMillis(200).toNanos();
    private static final int AT_ONCE = 64;
    private static final int FULL_ENOUGH_TO_DIVERT = 25;
    private static final int FULL_ENOUGH_TO_HELP = 50;

    private final Outbox outbox;
    private final Handover handover;
    private final Detour detour;
    private final LongSupplier nanoClock;
    /** What the producer is given next. */
    private final Deque<Shipment> shipments = new ArrayDeque<>();

    private long refusedSince;
    private long offerAgainAt;
    private boolean refused;
    private volatile long movesSeen = -1;
    private volatile long movedAt;
    private volatile long waitedAt;
    private volatile @Nullable Exception failure;
    private volatile boolean acknowledged;

    SpoolCourse(Outbox outbox, Handover handover, Detour detour, LongSupplier nanoClock) {
        this.outbox = outbox;
        this.handover = handover;
        this.detour = detour;
        this.nanoClock = nanoClock;
        this.movedAt = nanoClock.getAsLong();
        this.waitedAt = movedAt;
    }

    @Override
    public boolean step() {
        lookBack();
        detour.tend();
        if (isInTrouble()) {
            detour.divert();
        }
        boolean moved = detour.isOn() && detour.absorb();
        detour.force();
        boolean shipped = ship();
        return moved || shipped;
    }

    @Override
    public void relieve() {
        if (outbox.isFilledTo(FULL_ENOUGH_TO_HELP)) {
            boolean ignored = detour.relieve();
        }
    }

    /**
     * Memory is full, so the machine is busy: this thread writes a piece to disk, or while another does, steps aside for a
     * moment, which is what lets that one run. Where moments pass in vain, as when the disk hangs, nobody waits any more.
     */
    @Override
    public boolean waitForRoom(Pending pending) {
        long start = nanoClock.getAsLong();
        while (nanoClock.getAsLong() - start < LONGEST_WAIT && !isStuck(start)) {
            if (!detour.relieve()) {
                LockSupport.parkNanos(this, SHORT_WAIT);
            }
            if (outbox.offer(pending)) {
                return true;
            }
        }
        return false;
    }

    /** Whether callers have waited for a while, and nothing has moved. */
    private boolean isStuck(long now) {
        long moves = detour.books().taken();
        if (moves != movesSeen || now - waitedAt > STUCK) {
            movesSeen = moves;
            movedAt = now;
        }
        waitedAt = now;
        return now - movedAt > STUCK;
    }

    @Override
    public boolean isQuiet() {
        return outbox.oldestUnderWay() == null && detour.isQuiet();
    }

    @Override
    public void startAfresh(Throwable cause) {
        handover.giveUp(cause);
        startAgain();
    }

    @Override
    public DropReason noRoom() {
        return detour.noRoom();
    }

    @Override
    public SpoolBooks spool() {
        return detour.books();
    }

    @Override
    public void close() {
        handover.close();
        detour.close();
    }

    /** What the producer has said since the last time. */
    private void lookBack() {
        Exception broken = failure;
        if (broken != null) {
            handover.giveUp(broken);
            startAgain();
        } else if (acknowledged) {
            acknowledged = false;
            handover.isGood();
        }
    }

    /** The producer is gone; all that it had not delivered goes again, before anything newer. */
    private void startAgain() {
        // What it gave up while it was closed is no failure of the next one.
        failure = null;
        shipments.clear();
        detour.startAgain();
        refuse();
    }

    private boolean isInTrouble() {
        if (outbox.isFilledTo(FULL_ENOUGH_TO_DIVERT)) {
            return true;
        }
        long now = nanoClock.getAsLong();
        if (refused && now - refusedSince > PATIENCE.toNanos()) {
            return true;
        }
        Pending oldest = outbox.oldestUnderWay();
        return oldest != null && oldest.isOlderThan(PATIENCE.toNanos(), now);
    }

    private boolean ship() {
        if (refused && nanoClock.getAsLong() - offerAgainAt < 0) {
            return false;
        }
        if (shipments.isEmpty()) {
            load();
        }
        boolean shipped = false;
        while (!shipments.isEmpty() && shipOne(shipments.getFirst())) {
            shipments.removeFirst();
            shipped = true;
        }
        return shipped;
    }

    private void load() {
        for (StoredRecord stored : detour.read()) {
            ProducerRecord<byte[], byte[]> record = SpooledEvent.decode(stored.payload());
            if (record == null) {
                detour.drop(stored, DropReason.SPOOL_DAMAGED, "");
            } else {
                shipments.add(new Shipment(record, new StoredAnswer(stored)));
            }
        }
        if (shipments.isEmpty()) {
            detour.takeDirect(AT_ONCE)
                    .forEach(next ->
                            shipments.add(new Shipment(EventRecords.encode(next.event()), new DirectAnswer(next))));
        }
    }

    private boolean shipOne(Shipment shipment) {
        switch (handover.offer(shipment.record(), shipment.answer())) {
            case TAKEN -> {
                refused = false;
                return true;
            }
            case TOO_EARLY -> refuse();
            case BROKEN -> startAgain();
        }
        return false;
    }

    private void refuse() {
        long now = nanoClock.getAsLong();
        refusedSince = refused ? refusedSince : now;
        refused = true;
        offerAgainAt = now + RETRY_PAUSE;
    }

    private record Shipment(ProducerRecord<byte[], byte[]> record, Handover.Answer answer) {}

    /** What becomes of an event that came straight from memory. */
    private final class DirectAnswer implements Handover.Answer {
        private final Pending pending;

        DirectAnswer(Pending pending) {
            this.pending = pending;
        }

        @Override
        public void isIn(String topic, int partition, long offset) {
            acknowledged = true;
            outbox.deliver(pending, new Receipt.InKafka(pending.event().envelope(), topic, partition, offset));
        }

        @Override
        public void isNotIn(Exception cause) {
            if (cause instanceof RecordTooLargeException) {
                detour.drop(pending, DropReason.TOO_LARGE);
            } else {
                failure = cause;
            }
        }
    }

    /** What becomes of an event that came from disk. */
    private final class StoredAnswer implements Handover.Answer {
        private final StoredRecord stored;

        StoredAnswer(StoredRecord stored) {
            this.stored = stored;
        }

        @Override
        public void isIn(String topic, int partition, long offset) {
            acknowledged = true;
            stored.acknowledge();
        }

        @Override
        public void isNotIn(Exception cause) {
            if (cause instanceof RecordTooLargeException) {
                detour.drop(stored, DropReason.TOO_LARGE, "");
            } else {
                failure = cause;
            }
        }
    }
}
