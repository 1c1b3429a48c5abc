package dev.dise.gateway;

import dev.dise.schemas.Event;
import org.jspecify.annotations.Nullable;

/** Takes one event whose data is the body; its attributes are headers, and its type is in the path or in a header. */
final class EventIntake {
    private final EventReader reader;
    private final Outlet outlet;
    private final Deadlines deadlines;
    private final GatewayMeters meters;

    EventIntake(EventReader reader, Outlet outlet, Deadlines deadlines, GatewayMeters meters) {
        this.reader = reader;
        this.outlet = outlet;
        this.deadlines = deadlines;
        this.meters = meters;
    }

    /** The short native form: the type is in the path. */
    Reply ofPath(Arrival arrival) {
        return take(arrival, arrival.pathParameter("type"));
    }

    /** The binary mode of CloudEvents: the type is in a header. */
    Reply ofHeaders(Arrival arrival) {
        return take(arrival, null);
    }

    private Reply take(Arrival arrival, @Nullable String type) {
        arrival.mediaType().require(MediaType.JSON);
        Attributes attributes = Attributes.of(type, arrival.headers());
        var unused = EventReader.parseType(attributes.type());
        byte[] body = arrival.body();
        Event event = reader.read(Draft.of(attributes, body));
        arrival.rate().charge(1, 0);
        Outcome outcome = Outcome.await(outlet.send(event), deadlines.next());
        meters.count(outcome);
        return EventAnswer.of(event.envelope().id(), outcome);
    }
}
