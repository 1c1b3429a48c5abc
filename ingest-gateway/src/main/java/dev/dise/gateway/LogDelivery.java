package dev.dise.gateway;

import dev.dise.gateway.logs.LogLine;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Sends the lines of log pushes as events. A bad line costs itself and none of its neighbours. Thread-safe. */
final class LogDelivery {
    /** Events of one push that are under way at one time, so that a large push does not fill the emitter by itself. */
    private static final int WINDOW_BYTES = 4 * 1024 * 1024;

    private final Outlet outlet;
    private final Deadlines deadlines;
    private final GatewayMeters meters;
    private final DataReader reader = new DataReader();

    LogDelivery(Outlet outlet, Deadlines deadlines, GatewayMeters meters) {
        this.outlet = outlet;
        this.deadlines = deadlines;
        this.meters = meters;
    }

    /**
     * Sends what is good and waits for all of it. Once one line is not acknowledged in time, the rest is not sent: the
     * client is going to send all of it again.
     *
     * @param rate counts them
     */
    LogResult deliver(Iterator<LogLine> lines, Rate rate) {
        LogResult result = new LogResult(deadlines.next(), meters);
        long underWay = 0;
        while (lines.hasNext() && result.undelivered() == null) {
            rate.charge(1, 0);
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
            CompletableFuture<Receipt> answer = outlet.send(event);
            result.sent(answer);
            return event.data().length;
        } catch (InvalidEventException e) {
            result.refused(line.id(), e);
            return 0;
        }
    }
}
