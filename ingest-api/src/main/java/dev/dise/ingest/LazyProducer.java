package dev.dise.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer, made when it is first needed and again after it broke. A host name that nobody resolves yet is no
 * mistake but a reason to try later. Belongs to one thread.
 */
final class LazyProducer {
    private static final Logger log = LoggerFactory.getLogger(ArtifactEmitter.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private final Supplier<Producer<byte[], byte[]>> factory;
    private final LongSupplier nanoClock;
    private @Nullable Producer<byte[], byte[]> producer;
    private long notBefore;
    private long pause = FIRST_PAUSE;

    LazyProducer(Supplier<Producer<byte[], byte[]>> factory, LongSupplier nanoClock) {
        this.factory = factory;
        this.nanoClock = nanoClock;
        this.notBefore = nanoClock.getAsLong();
    }

    /** The producer, or null if there is none yet and it is too early to try again. */
    @Nullable
    Producer<byte[], byte[]> get() {
        if (producer == null && nanoClock.getAsLong() - notBefore >= 0) {
            producer = tryToMake();
        }
        return producer;
    }

    /** An event went through: the next break begins with the short pause again. */
    void isGood() {
        pause = FIRST_PAUSE;
    }

    /** Gives up a producer that says it cannot go on; what it still holds comes back as failed. */
    void discard(Throwable failure) {
        log.atWarn().setCause(failure).log("producer is broken, will make another");
        waitLonger();
        close();
    }

    void close() {
        Producer<byte[], byte[]> last = producer;
        producer = null;
        if (last == null) {
            return;
        }
        try {
            last.close(Duration.ZERO);
        } catch (RuntimeException | Error e) {
            // Nothing depends on it any more; what it held is settled by its callbacks or by the emitter's closing.
            log.atWarn().setCause(e).log("producer did not close in good order");
        }
    }

    private @Nullable Producer<byte[], byte[]> tryToMake() {
        try {
            return factory.get();
        } catch (RuntimeException | Error e) {
            // Mostly a name that does not resolve, which may be cured from outside; the events wait and expire.
            log.atWarn()
                    .addKeyValue("pauseMillis", pause / 1_000_000)
                    .setCause(e)
                    .log("no producer yet, will retry");
            waitLonger();
            return null;
        }
    }

    private void waitLonger() {
        notBefore = nanoClock.getAsLong() + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
}
