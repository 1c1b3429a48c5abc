package dev.dise.gateway;

import dev.dise.schemas.Event;
import dev.dise.schemas.InvalidEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines, each an event, of a body of any length in constant memory. They are sent in windows: while one is read, the
 * one before it is under way. If the body breaks off, the answer says what was accepted before.
 */
final class LinesIntake {
    private static final int WINDOW_LINES = 1000;
    private static final long WINDOW_BYTES = 1L << 20;

    private final EventReader reader;
    private final Outlet outlet;
    private final Deadlines deadlines;
    private final GatewayMeters meters;

    LinesIntake(EventReader reader, Outlet outlet, Deadlines deadlines, GatewayMeters meters) {
        this.reader = reader;
        this.outlet = outlet;
        this.deadlines = deadlines;
        this.meters = meters;
    }

    /** All lines. */
    Reply take(Arrival arrival) {
        Tally tally = new Tally(meters);
        try (InputStream body = arrival.stream()) {
            @Nullable Problem broken = deliver(new Lines(body), arrival.rate(), tally);
            return broken == null ? tally.reply() : tally.reply(broken);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a body that is in memory", e);
        }
    }

    /** Sends and settles everything that comes; returns why it broke off, if it did. */
    private @Nullable Problem deliver(Lines lines, Rate rate, Tally tally) {
        Window before = new Window(outlet);
        Window current = new Window(outlet);
        @Nullable Problem broken = null;
        try {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                send(current, line, rate);
                if (current.size() >= WINDOW_LINES || current.bytes() >= WINDOW_BYTES) {
                    before.settle(deadlines.next(), tally);
                    Window settled = before;
                    before = current;
                    current = settled;
                }
            }
        } catch (ProblemException e) {
            broken = e.problem();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken = Problem.stopping();
        }
        long deadline = deadlines.next();
        before.settle(deadline, tally);
        current.settle(deadline, tally);
        if (broken == null && lines.count() == 0) {
            throw Refusals.malformed("has no events");
        }
        return broken;
    }

    private void send(Window window, Lines.Line line, Rate rate) throws InterruptedException {
        rate.charge(1, line.length());
        rate.await();
        @Nullable String id = null;
        Event event;
        try {
            Draft draft = draft(line);
            id = draft.attributes().id();
            event = reader.read(draft);
        } catch (InvalidEventException e) {
            window.refuse(line.index(), id, e);
            return;
        }
        window.send(line.index(), event);
    }

    private static Draft draft(Lines.Line line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            throw Refusals.tooLarge(
                    "must have at most " + Lines.MOST_BYTES + " bytes on a line but has " + line.length());
        }
        Utf8.require(bytes);
        return DraftReader.readAll(bytes);
    }
}
