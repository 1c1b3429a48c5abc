package dev.dise.gateway;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes events. Each request has its own virtual thread, which waits for Kafka's acknowledgement. */
final class EventRoutes {
    private final ArtifactEmitter emitter;
    private final GatewayMeters meters;
    private final Duration patience;
    private final EventReader reader = new EventReader();
    private final BodyBudget budget = new BodyBudget(Limits.BODIES_IN_WORK_BYTES);

    /**
     * @param patience how long a request waits for the acknowledgement
     */
    EventRoutes(ArtifactEmitter emitter, GatewayMeters meters, Duration patience) {
        this.emitter = emitter;
        this.meters = meters;
        this.patience = patience;
    }

    /** One event, whose data is the body; its attributes are headers. */
    void one(ServerRequest request, ServerResponse response) {
        withBody(request, () -> {
            Event event = readOne(request);
            Outcome outcome = Outcome.await(emitter.send(event), deadline());
            meters.count(outcome);
            String id = event.envelope().id();
            switch (outcome) {
                case Outcome.Stored stored -> Answers.json(response, 202, accepted(stored.receipt()));
                case Outcome.Undelivered undelivered -> Answers.problem(response, Problem.unavailable(id, undelivered));
            }
        });
    }

    /** Many events, each with its own outcome. */
    void many(ServerRequest request, ServerResponse response) {
        withBody(request, () -> {
            List<byte[]> items = BatchItems.of(Body.read(request));
            List<ItemResult> results = new Batch(reader, emitter).deliver(items, deadline());
            results.forEach(meters::count);
            answer(response, results);
        });
    }

    private Event readOne(ServerRequest request) {
        String type = request.path().pathParameters().get("type");
        EventReader.parseType(type);
        Body body = Body.read(request).require("application/json");
        return reader.read(new Draft(Attributes.of(type, request.headers()), body.bytes()));
    }

    private void withBody(ServerRequest request, Runnable work) {
        long length = request.headers().contentLength().orElse(Limits.BODY_BYTES);
        meters.countingRefusals(() -> budget.spend(length, work));
    }

    private long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    private static void answer(ServerResponse response, List<ItemResult> results) {
        Map<String, List<ItemResult>> items = Map.of("items", results);
        if (anyIs(results, ItemResult.ACCEPTED)) {
            Answers.json(response, 202, items);
        } else if (anyIs(results, ItemResult.UNAVAILABLE)) {
            String detail = "see each item for what is known; send them again with the same ids";
            Answers.problem(
                    response, new Problem(503, "UNAVAILABLE", "Kafka has acknowledged none of them", detail, items));
        } else {
            String detail = "see each item for the rules that it breaks";
            Answers.problem(response, new Problem(400, "REFUSED", "every event was refused", detail, items));
        }
    }

    private static boolean anyIs(List<ItemResult> results, String status) {
        return results.stream().anyMatch(result -> result.status().equals(status));
    }

    private static Map<String, Object> accepted(Receipt receipt) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", receipt.eventId());
        body.put("status", ItemResult.ACCEPTED);
        if (receipt instanceof Receipt.InKafka place) {
            body.put("topic", place.topic());
            body.put("partition", place.partition());
            body.put("offset", place.offset());
        }
        return body;
    }
}
