package dev.dise.runtime.keys;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * So much a second, and what was not used of the last second. It may run into debt, which has to be over before anything
 * more is let through: so one request may be larger than a second's worth. Thread-safe.
 */
public final class TokenBucket {
    private final double perNano;
    private final double most;
    private final LongSupplier nanoClock;
    private double tokens;
    private long filledAt;

    /** Full at the beginning, and never fuller than {@code most}. */
    public TokenBucket(long perSecond, long most, LongSupplier nanoClock) {
        this.perNano = perSecond / 1e9;
        this.most = most;
        this.nanoClock = nanoClock;
        this.tokens = most;
        this.filledAt = nanoClock.getAsLong();
    }

    /** Takes that much, whatever is there. */
    public synchronized void take(long amount) {
        fill();
        tokens -= amount;
    }

    /** How long until the debt is over; zero if there is none. */
    public synchronized Duration debt() {
        fill();
        return tokens > 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-tokens / perNano) + 1);
    }

    private void fill() {
        long now = nanoClock.getAsLong();
        tokens = Math.min(most, tokens + (now - filledAt) * perNano);
        filledAt = now;
    }
}
