package dev.dise.gateway;

import dev.dise.gateway.logs.LogLine;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Sends the lines of log pushes as events. A bad line costs itself and none of its neighbours. Thread-safe. */
final class LogDelivery {
    /** Events of one push that are under way at one time, so that a large push does not fill the emitter by itself. */
    private static final int WINDOW_BYTES = 4 * 1024 * 1024;

    private final ArtifactEmitter emitter;
    private final GatewayMeters meters;
    private final Duration patience;
    private final DataReader reader = new DataReader();

    /**
     * @param patience how long a request waits for the acknowledgements
     */
    LogDelivery(ArtifactEmitter emitter, GatewayMeters meters, Duration patience) {
        this.emitter = emitter;
        this.meters = meters;
        this.patience = patience;
    }

    /**
     * Sends what is good and waits for all of it. Once one line is not acknowledged in time, the rest is not sent: the
     * client is going to send all of it again.
     */
    LogResult deliver(Iterator<LogLine> lines) {
        LogResult result = new LogResult(System.nanoTime() + patience.toNanos(), meters);
        long underWay = 0;
        while (lines.hasNext() && result.undelivered() == null) {
            underWay += send(lines.next(), result);
            if (underWay > WINDOW_BYTES) {
                result.await();
                underWay = 0;
            }
        }
        result.await();
        return result;
    }

    private int send(LogLine line, LogResult result) {
        try {
            Event event = line.event();
            reader.readFlat(EventType.LOG, event.data());
            CompletableFuture<Receipt> answer = emitter.send(event);
            result.sent(answer);
            return event.data().length;
        } catch (InvalidEventException e) {
            result.refused(line.id(), e);
            return 0;
        }
    }
}
