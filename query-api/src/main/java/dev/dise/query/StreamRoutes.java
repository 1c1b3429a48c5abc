package dev.dise.query;

import dev.dise.operations.tail.TailFilter;
import dev.dise.query.console.LiveEvents;
import dev.dise.query.flow.Flow;
import dev.dise.query.flow.FlowWatch;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What is told as it happens: how the line flows, and the events that pass. */
record StreamRoutes(Answers answers, FlowWatch flow, KafkaClients kafka) implements RouteGroup {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String FLOW = "/v1/flow";
    private static final String EVENTS = "/v1/events/stream";
    private static final List<String> FILTERS = List.of("type", "tool_id", "level", "subject", "run_id", "contains");

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get(FLOW, answers.handler(FLOW, this::now));
        routing.get(FLOW + "/stream", answers.stream(FLOW + "/stream", this::follow));
        routing.get(EVENTS, answers.stream(EVENTS, this::events));
    }

    private Object now(Question question) {
        question.parameters().requireOnly(List.of());
        Flow now = flow.look();
        for (int wait = 0; now == null && wait < 30; wait++) {
            LockSupport.parkNanos(EVERY_NANOS / 10);
            now = flow.look();
        }
        if (now == null) {
            throw new RefusedException(Problem.unavailable("the line cannot be seen: " + reason()));
        }
        return now;
    }

    private Streaming.Telling follow(Question question) {
        question.parameters().requireOnly(List.of());
        return this::tellFlow;
    }

    private void tellFlow(EventOut out) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            Flow now = flow.look();
            if (now != null) {
                out.event("flow", now);
            } else if (!flow.problem().isEmpty()) {
                out.event("problem", Map.of("detail", flow.problem()));
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private String reason() {
        return flow.problem().isEmpty() ? "the first look is not over yet" : flow.problem();
    }

    private Streaming.Telling events(Question question) {
        TailFilter filter = filter(question.parameters());
        return out -> tellEvents(filter, out);
    }

    private void tellEvents(TailFilter filter, EventOut out) throws IOException {
        try (LiveEvents events = new LiveEvents(kafka, filter)) {
            while (!Thread.currentThread().isInterrupted()) {
                List<Map<String, Object>> rows = events.nextSecond();
                if (!rows.isEmpty()) {
                    out.event("events", Map.of("items", rows));
                }
                out.event("counts", events.seen());
            }
        } catch (KafkaException e) {
            out.event("problem", Map.of("detail", "Kafka cannot be read; is it running?"));
        }
    }

    private static TailFilter filter(Parameters parameters) {
        parameters.requireOnly(FILTERS);
        Set<EventType> types = parameters.list("type").stream()
                .map(name -> EventType.forWireName(name)
                        .orElseThrow(() -> RefusedException.badValue(
                                "type", "must be one of " + String.join(", ", EventType.wireNames()))))
                .collect(Collectors.toSet());
        return new TailFilter(
                types,
                levels(parameters),
                text(parameters, "tool_id"),
                text(parameters, "subject"),
                text(parameters, "run_id"),
                text(parameters, "contains"));
    }

    private static Set<String> levels(Parameters parameters) {
        Set<String> words = new HashSet<>();
        for (String level : parameters.list("level")) {
            words.add(LogLevel.parse(level)
                    .map(LogLevel::wireName)
                    .or(() -> Severity.parse(level).map(Severity::wireName))
                    .orElseThrow(() -> RefusedException.badValue("level", "must be a level or a severity")));
        }
        return words;
    }

    private static @Nullable String text(Parameters parameters, String name) {
        return parameters.one(name).orElse(null);
    }
}
