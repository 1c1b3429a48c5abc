package dev.dise.query;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Receipt;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import io.helidon.webserver.http.HttpRouting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes single events from people and agents who are here anyway; tools bring theirs to the gateway. */
record EmitRoutes(Answers answers, DataReader reader, ArtifactEmitter emitter) implements RouteGroup {
    static final String SOURCE = "urn:dise:query-api";

    private static final String EVENTS = "/v1/events";
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.post(EVENTS, answers.handler(EVENTS, Scope.EMIT, this::take));
    }

    private Object take(Question question) {
        question.parameters().requireOnly(List.of());
        EventType type = EventType.forWireName(question.body().path("type").asString(""))
                .orElseThrow(() -> RefusedException.badValue(
                        "type", "must be one of " + String.join(", ", EventType.wireNames())));
        if (!(question.body().get("data") instanceof ObjectNode data)) {
            throw RefusedException.badValue("data", "must be an object");
        }
        return new Accepted(Map.of("event_id", emit(type, data), "status", "accepted"));
    }

    /**
     * Emits an event of checked data, and returns its id once it is safe.
     *
     * @throws RefusedException if the data are not what the type asks for, or Kafka is away
     */
    String emit(EventType type, ObjectNode data) {
        try {
            byte[] bytes = Json.encode(data);
            ObjectNode checked = reader.read(type, bytes);
            Envelope envelope = new Envelope(
                    EventIds.next(),
                    type,
                    SOURCE,
                    checked.path(type.subjectField()).asString(""),
                    Instant.now(),
                    null,
                    null,
                    target(checked, type));
            return received(new Event(envelope, bytes));
        } catch (InvalidEventException e) {
            throw new RefusedException(Problem.badEvent(e.explanation()));
        }
    }

    private String received(Event event) {
        try {
            Receipt receipt = emitter.send(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return receipt.eventId();
        } catch (ExecutionException | TimeoutException e) {
            throw new RefusedException(Problem.unavailable("Kafka does not take the event now; send it again"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Problem.unavailable("the service stops"));
        }
    }

    private static @Nullable EventType target(ObjectNode data, EventType type) {
        return type == EventType.DELETION
                ? EventType.forWireName(data.path("target_type").asString("")).orElse(null)
                : null;
    }
}
