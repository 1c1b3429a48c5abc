package dev.dise.gateway;

import dev.dise.schemas.Event;
import dev.dise.schemas.InvalidEventException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes events that are JSON: one, or an array of many. An array with a syntax error between its items is refused as a
 * whole, since nobody can say where they end; nothing of it is sent then.
 */
final class BatchIntake {
    private final EventReader reader;
    private final Outlet outlet;
    private final Deadlines deadlines;
    private final GatewayMeters meters;

    /** An item that was cut out. */
    private sealed interface Cut {
        /** An event as it was written. */
        record Good(Draft draft) implements Cut {}

        /** No event, and why. */
        record Bad(InvalidEventException refusal) implements Cut {}
    }

    BatchIntake(EventReader reader, Outlet outlet, Deadlines deadlines, GatewayMeters meters) {
        this.reader = reader;
        this.outlet = outlet;
        this.deadlines = deadlines;
        this.meters = meters;
    }

    /** One event, or an array, whichever it is. */
    Reply oneOrMany(Arrival arrival) {
        byte[] body = utf8(arrival);
        boolean isArray = new JsonCursor(body).peek() == '[';
        return deliver(arrival, isArray ? array(body, arrival) : one(body));
    }

    /** One event. */
    Reply one(Arrival arrival) {
        return deliver(arrival, one(utf8(arrival)));
    }

    /** An array. */
    Reply many(Arrival arrival) {
        return deliver(arrival, array(utf8(arrival), arrival));
    }

    private static byte[] utf8(Arrival arrival) {
        byte[] body = arrival.body();
        Utf8.require(body);
        return body;
    }

    private static List<Cut> one(byte[] body) {
        try {
            return List.of(new Cut.Good(DraftReader.readAll(body)));
        } catch (InvalidEventException e) {
            // The same answer as for an array of one.
            return List.of(new Cut.Bad(e));
        }
    }

    private static List<Cut> array(byte[] body, Arrival arrival) {
        int most = arrival.limits().sizes().items();
        JsonCursor cursor = new JsonCursor(body);
        cursor.expect('[');
        if (cursor.peek() == ']') {
            throw Refusals.malformed("has no events");
        }
        List<Cut> cuts = new ArrayList<>();
        do {
            if (cuts.size() == most) {
                throw Refusals.tooLarge("must have at most " + most + " events");
            }
            cuts.add(cut(body, cursor));
        } while (cursor.nextOrEnd(']'));
        cursor.expectEnd();
        return cuts;
    }

    private static Cut cut(byte[] body, JsonCursor cursor) {
        int begin = cursor.begin();
        try {
            return new Cut.Good(DraftReader.read(body, cursor));
        } catch (InvalidEventException e) {
            // Where it ends has to be found from its beginning; if it cannot be, that is an error of the array.
            cursor.backTo(begin);
            cursor.skipValue();
            return new Cut.Bad(e);
        }
    }

    private Reply deliver(Arrival arrival, List<Cut> cuts) {
        arrival.rate().charge(cuts.size(), 0);
        Window window = new Window(outlet);
        for (int i = 0; i < cuts.size(); i++) {
            send(window, i, cuts.get(i));
        }
        Tally tally = new Tally(meters);
        window.settle(deadlines.next(), tally);
        return tally.reply();
    }

    private void send(Window window, int index, Cut cut) {
        switch (cut) {
            case Cut.Bad bad -> window.refuse(index, null, bad.refusal());
            case Cut.Good good -> send(window, index, good.draft());
        }
    }

    private void send(Window window, int index, Draft draft) {
        Event event;
        try {
            event = reader.read(draft);
        } catch (InvalidEventException e) {
            window.refuse(index, draft.attributes().id(), e);
            return;
        }
        window.send(index, event);
    }
}
