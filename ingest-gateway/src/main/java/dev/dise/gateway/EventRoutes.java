package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes events. Each request has its own virtual thread, which waits until they are safe. */
final class EventRoutes {
    private final EventIntake single;
    private final BatchIntake batch;
    private final LinesIntake lines;
    private final Map<MediaType, Intake> forms;

    /**
     * @param patience how long a request waits
     */
    EventRoutes(Outlet outlet, Duration patience, Connections connections, GatewayMeters meters) {
        EventReader reader = new EventReader();
        Deadlines deadlines = new Deadlines(patience, connections);
        single = new EventIntake(reader, outlet, deadlines, meters);
        batch = new BatchIntake(reader, outlet, deadlines, meters);
        lines = new LinesIntake(reader, outlet, deadlines, meters);
        forms = Map.of(
                MediaType.JSON, batch::oneOrMany,
                MediaType.CLOUD_EVENT, batch::one,
                MediaType.CLOUD_EVENTS, batch::many,
                MediaType.LINES, lines::take);
    }

    List<Route> routes(Door door) {
        return List.of(
                Route.post("/v1/events", door.before(this::anyForm)),
                Route.post("/v1/events/{type}", door.before(single::ofPath)));
    }

    private Reply anyForm(Arrival arrival) {
        MediaType type = arrival.mediaType();
        if (type.equals(MediaType.JSON) && Attributes.areIn(arrival.headers())) {
            return single.ofHeaders(arrival);
        }
        Intake form = forms.get(type);
        if (form == null) {
            throw new ProblemException(Problem.contentType(
                    "send application/json, application/cloudevents+json, application/cloudevents-batch+json"
                            + " or application/x-ndjson"));
        }
        return form.take(arrival);
    }
}
