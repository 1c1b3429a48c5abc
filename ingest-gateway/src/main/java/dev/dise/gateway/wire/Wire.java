package dev.dise.gateway.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the gateway sees it: what it waits for, and until when. Its own thread reads and says where it is; one
 * other thread looks whether it is late, and ends the reading then, so that there is still a way for an answer.
 */
public final class Wire {
    /** For how long a body may come more slowly than it must. */
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(5);
    /** While the server is being stopped: how long a next request is waited for, and how long the rest of one. */
    private static final long LAST_REQUEST_NANOS = Duration.ofMillis(500).toNanos();

    private static final long LAST_BODY_NANOS = Duration.ofSeconds(3).toNanos();
    /** How long a client may take to read an answer. */
    private static final long WRITE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Beyond it are not headers but the rest of a body that nobody wanted, which the server would hold in memory. */
    private static final long MOST_BEFORE_A_BODY = 4L << 20;

    private static final long NOTHING = Long.MAX_VALUE;

    /** Where a connection is. */
    enum Phase {
        /** Between two requests: not a byte of the next one is here. */
        IDLE,
        /** The first line and the headers are coming. */
        HEAD,
        /** The headers are here, the answer is not out. */
        REQUEST,
        /** The answer is out, and whatever comes is thrown away. */
        CLOSING
    }

    private final String id;
    private final SocketChannel channel;
    private final WireLimits limits;
    private final boolean surplus;
    private final long patienceNanos;

    private volatile Phase phase = Phase.HEAD;
    private volatile long phaseSince;
    private volatile long waitsUntil = NOTHING;
    private volatile long writesUntil = NOTHING;
    private volatile WireException.@Nullable Reason ended;
    private volatile long stopsSince = NOTHING;
    private boolean hasBytes;
    private long headBytes;
    private boolean lastsLong;
    private boolean isLast;
    private long credit;
    private @Nullable IntConsumer toll;

    /**
     * @param id its own among all connections
     * @param surplus whether there are too many, so that all it gets is that answer
     */
    Wire(String id, SocketChannel channel, WireLimits limits, boolean surplus) {
        this.id = id;
        this.channel = channel;
        this.limits = limits;
        this.surplus = surplus;
        this.patienceNanos = Math.min(BODY_PATIENCE.toNanos(), limits.body().toNanos());
        enter(Phase.HEAD);
    }

    /** Takes whatever is charged for bytes of a body as they come in; by throwing it refuses them. */
    public void charge(IntConsumer newToll) {
        toll = newToll;
    }

    /** Lets the body of this request take any time, as long as it comes fast enough. */
    public void lastLong() {
        lastsLong = true;
    }

    String id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    boolean isSurplus() {
        return surplus;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** How long it has been where it is. */
    long nanosInPhase(long now) {
        return now - phaseSince;
    }

    /** Whether it could be closed without a loss: no request is being worked on. */
    boolean isDispensable() {
        return waitsUntil != NOTHING && (phase == Phase.IDLE || phase == Phase.HEAD);
    }

    void headIsRead() {
        headBytes = 0;
        lastsLong = false;
        credit = patienceNanos;
        enter(Phase.REQUEST);
    }

    void answerBegins() {
        toll = null;
        writesUntil = System.nanoTime() + WRITE_NANOS;
        enter(Phase.IDLE);
    }

    /** Takes no request after this one. */
    void closeAfterAnswer() {
        isLast = true;
    }

    boolean isOver() {
        return isLast && phase == Phase.IDLE;
    }

    /** From now on, what is late is so sooner. */
    void stop() {
        stopsSince = System.nanoTime();
    }

    /** Reads what comes next; null if nothing will. */
    byte @Nullable [] read(Supplier<byte @Nullable []> socket) {
        long begin = System.nanoTime();
        writesUntil = NOTHING;
        if (isOver()) {
            return null;
        }
        waitsUntil = deadline(begin);
        byte[] bytes = socket.get();
        waitsUntil = NOTHING;
        if (bytes == null || headBytes > MOST_BEFORE_A_BODY) {
            return noMore();
        }
        took(bytes.length, begin);
        return bytes;
    }

    /** Ends it if it is late. */
    void look(long now) {
        long wait = waitsUntil;
        if (wait != NOTHING && now - wait > 0) {
            end(WireException.Reason.SLOW);
        } else if (wait != NOTHING && isLateAtTheEnd(now)) {
            end(WireException.Reason.STOPPING);
        }
        long write = writesUntil;
        if (write != NOTHING && now - write > 0) {
            close();
        }
    }

    private boolean isLateAtTheEnd(long now) {
        long stops = stopsSince;
        if (stops == NOTHING) {
            return false;
        }
        return phase == Phase.IDLE
                ? now - Math.max(stops, phaseSince) > LAST_REQUEST_NANOS
                : now - stops > LAST_BODY_NANOS;
    }

    /** Ends the reading of a request that has begun; what was read, and the way back, stay. */
    void end(WireException.Reason reason) {
        ended = reason;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // It is closed already.
            close();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says good-bye, then reads what is still under way: closing with unread bytes would destroy the answer. */
    void linger(int patienceMillis, Supplier<byte @Nullable []> socket) {
        enter(Phase.CLOSING);
        writesUntil = System.nanoTime() + Duration.ofMillis(patienceMillis).toNanos();
        try {
            channel.shutdownOutput();
            int most = 4096;
            while (most-- > 0 && socket.get() != null) {
                // Nobody wants it.
            }
        } catch (IOException | RuntimeException e) {
            // It is closed already, which is all that is wanted.
            close();
        }
    }

    private byte @Nullable [] noMore() {
        WireException.Reason reason = ended;
        if (phase == Phase.REQUEST) {
            throw new WireException(reason == null ? WireException.Reason.CUT_OFF : reason);
        }
        if (reason != null && phase == Phase.HEAD && hasBytes) {
            throw HeadProblems.late(reason);
        }
        return null;
    }

    private void took(int count, long begin) {
        switch (phase) {
            case IDLE -> {
                hasBytes = true;
                headBytes = count;
                enter(Phase.HEAD);
            }
            case HEAD -> {
                hasBytes = true;
                headBytes += count;
            }
            case REQUEST -> {
                long waited = System.nanoTime() - begin;
                long earned = count * 1_000_000_000L / limits.minBodyRate();
                credit = Math.min(patienceNanos, credit - waited + earned);
                if (toll != null) {
                    toll.accept(count);
                }
            }
            case CLOSING -> {}
        }
    }

    private long deadline(long now) {
        return switch (phase) {
            case IDLE -> now + limits.idle().toNanos();
            case HEAD -> phaseSince + limits.head().toNanos();
            case REQUEST -> {
                long slow = now + credit;
                long late = phaseSince + limits.body().toNanos();
                yield lastsLong || slow - late < 0 ? slow : late;
            }
            case CLOSING -> NOTHING;
        };
    }

    private void enter(Phase next) {
        phaseSince = System.nanoTime();
        phase = next;
    }
}
