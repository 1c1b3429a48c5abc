package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Receipt;
import dev.dise.ingest.Visibility;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Store;
import dev.dise.schemas.data.EventData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Stands at both ends of a line: puts events in by either door, and asks for them at the other end. One run each. */
final class LineProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where events get in. */
    enum Door {
        EMITTER,
        HTTP
    }

    private final String runId = EventIds.next();
    private final URI gateway;
    private final URI queryAddress;
    private final DiseConfig config;
    private final ArtifactEmitter emitter;
    private final QueryClient query;
    private final Line line;
    private final HttpClient http = HttpClient.newHttpClient();

    LineProbe(DiseConfig config, URI gateway, URI queryAddress) {
        this.config = config;
        this.gateway = gateway;
        this.queryAddress = queryAddress;
        this.emitter = ArtifactEmitter.builder()
                .bootstrapServers(config.kafka().bootstrapServers())
                .source("urn:dise:test")
                .overflow(new Overflow.DropNewest())
                .closesAtExit(false)
                .queryApi(queryAddress)
                .build();
        this.query = new QueryClient(queryAddress);
        this.line = new Line(config);
    }

    /** The run that all events of this probe belong to; also makes their subjects unique. */
    String runId() {
        return runId;
    }

    QueryClient query() {
        return query;
    }

    /** Puts the data in as an event that happens now, and returns its id once the line has acknowledged it. */
    String put(Door door, EventData data) {
        return put(door, event(EventIds.next(), Instant.now(), data));
    }

    /** Through the emitter. */
    String put(EventData data) {
        return put(Door.EMITTER, data);
    }

    /** Through the emitter; returns what it says of both stores. */
    Map<Store, Visibility> putAndAwaitVisible(EventData data) {
        CompletableFuture<Receipt> sent = emitter.send(event(EventIds.next(), Instant.now(), data));
        Receipt receipt = sent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        Map<Store, Visibility> seen = new EnumMap<>(Store.class);
        for (Store store : Store.values()) {
            seen.put(store, emitter.awaitVisible(receipt, store, PATIENCE));
        }
        return seen;
    }

    String put(Door door, Event event) {
        switch (door) {
            case EMITTER -> assertThat(emitter.send(event)).succeedsWithin(PATIENCE);
            case HTTP -> assertThat(post(event).statusCode()).isEqualTo(202);
        }
        return event.envelope().id();
    }

    /** Through the emitter, without waiting for the acknowledgement. */
    String emit(EventData data) {
        Event event = event(EventIds.next(), Instant.now(), data);
        emitter.emit(event);
        return event.envelope().id();
    }

    /** Returns once everything emitted is acknowledged. */
    void flush() {
        assertThat(emitter.flush(PATIENCE).undelivered()).isZero();
    }

    Event event(String id, Instant time, EventData data) {
        return Event.of(id, "urn:dise:test", time, data).withRunId(runId);
    }

    /** Returns once every hop has read everything. */
    void awaitDrained() {
        await().atMost(PATIENCE).pollInterval(50, TimeUnit.MILLISECONDS).until(line::isDrained);
    }

    /** The rows of an answer. */
    JsonNode rows(String path, String filter, String value) {
        return query.get(path, Map.of(filter, List.of(value), "limit", List.of("1000")))
                .path("items");
    }

    List<String> eventIds(String path) {
        return rows(path, "run_id", runId)
                .valueStream()
                .map(row -> row.path("event_id").asString(""))
                .toList();
    }

    /** What the stores hold of this run, as in {@code postgres log} to 3; nothing that is zero. */
    Map<String, Long> counts() {
        return counts(query.counts(runId));
    }

    static Map<String, Long> counts(JsonNode answer) {
        Map<String, Long> counts = new TreeMap<>();
        answer.propertyStream()
                .forEach(store -> store.getValue().propertyStream().forEach(type -> {
                    if (type.getValue().asLong(0) > 0) {
                        counts.put(
                                store.getKey() + " " + type.getKey(),
                                type.getValue().asLong(0));
                    }
                }));
        return counts;
    }

    /** Ids of the events of this run that were refused. */
    List<String> refusedIds() {
        return deadLetters().stream()
                .filter(letter -> letter.runId().equals(runId))
                .map(DeadLetter::eventId)
                .toList();
    }

    List<DeadLetter> deadLetters() {
        return DeadLetter.all(config.kafka());
    }

    /** Every service, by both addresses that tell of them. */
    void requireReady() {
        for (URI address : List.of(gateway, queryAddress)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(address.resolve("/health/ready")).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            });
        }
    }

    private HttpResponse<String> post(Event event) {
        HttpRequest request = HttpRequest.newBuilder(
                        gateway.resolve("/v1/events/" + event.envelope().type().wireName()))
                .header("content-type", "application/json")
                .header("ce-id", event.envelope().id())
                .header("ce-time", event.envelope().time().toString())
                .header("ce-runid", runId)
                .POST(BodyPublishers.ofByteArray(event.data()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError("the gateway did not answer", e);
        }
    }

    @Override
    public void close() {
        http.close();
        line.close();
        query.close();
        emitter.close();
    }
}
