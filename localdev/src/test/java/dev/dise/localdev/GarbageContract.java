package dev.dise.localdev;

import static dev.dise.localdev.RawRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.localdev.RawRecords.Planted;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Log;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a line does with what no edge would let through: one dead letter each, and nobody else notices. */
abstract class GarbageContract {
    private static final byte[] NO_JSON = {(byte) 0xFF, 0, 1, 2};

    /** The reason that the dead letter of each has to give. */
    private final Map<Planted, String> planted = new LinkedHashMap<>();

    private @Nullable LineProbe probe;

    /** The config that the line under test runs by. */
    protected abstract DiseConfig config();

    protected abstract URI gatewayAddress();

    protected abstract URI queryAddress();

    protected final LineProbe line() {
        return Objects.requireNonNull(probe);
    }

    @BeforeEach
    void open() {
        probe = new LineProbe(config(), gatewayAddress(), queryAddress());
    }

    @AfterEach
    void close() {
        line().close();
    }

    @Test
    void garbageInTheLogIsOneDeadLetterEach() {
        try (RawRecords raw = new RawRecords(config().kafka())) {
            Map<String, String> good = headers(EventType.LOG, "garbage");
            neighbour();
            plant("MALFORMED", raw.write(Topic.EVENTS, "garbage", NO_JSON, good));
            plant("ENVELOPE", raw.write(Topic.EVENTS, "garbage", NO_JSON, Map.of()));
            plant("UNKNOWN_TYPE", raw.write(Topic.EVENTS, null, bytes("{}"), with(good, "ce_type", "dise.poem.v1")));
            plant("ENVELOPE", raw.write(Topic.EVENTS, "garbage", bytes("{}"), with(good, "ce_time", "some day")));
            plant("NULL_VALUE", raw.write(Topic.EVENTS, "garbage", null, good));
            plant("SCHEMA", raw.write(Topic.EVENTS, "garbage", bytes("{}"), good));
            neighbour();
            verify(2);
        }
    }

    @Test
    void recordsLargerThanAnyTopicTakesAreOneDeadLetterEach() {
        try (RawRecords raw = new RawRecords(config().kafka())) {
            Map<String, String> good = headers(EventType.LOG, "garbage");
            String huge = "x".repeat(3 << 20);
            neighbour();
            plant("TOO_LARGE", raw.write(Topic.EVENTS, "garbage", RawRecords.manyBytes(3 << 19), good));
            plant("TOO_LARGE", raw.write(Topic.EVENTS, "garbage", RawRecords.manyBytes(8 << 20), good));
            plant("TOO_LARGE", raw.write(Topic.EVENTS, "garbage", bytes("{}"), with(good, "x-huge", huge)));
            plant("TOO_LARGE", raw.write(Topic.EVENTS, huge, bytes("{}"), good));
            neighbour();
            verify(2);
        }
    }

    @Test
    void garbageBehindTheRouterIsOneDeadLetterEach() {
        try (RawRecords raw = new RawRecords(config().kafka())) {
            String point = UUID.randomUUID().toString();
            neighbour();
            for (Topic topic : List.of(Topic.BULK, Topic.RAG)) {
                plant("MALFORMED", raw.write(topic, "garbage", NO_JSON, headers(EventType.PLAN, "garbage")));
                plant("ENVELOPE", raw.write(topic, null, bytes("{}"), Map.of()));
                plant("MALFORMED", raw.write(topic, "garbage", null, headers(EventType.PLAN, "garbage")));
            }
            plant("MALFORMED", raw.write(Topic.VECTORS, "no uuid", NO_JSON, Map.of()));
            plant("MALFORMED", raw.write(Topic.VECTORS, point, NO_JSON, Map.of()));
            plant("MALFORMED", raw.write(Topic.VECTORS, point, new byte[0], Map.of()));
            neighbour();
            verify(2);
        }
    }

    /** Small numbers take more room in a point than in JSON. */
    @Test
    void anArtifactWhosePointOutgrowsItsTopicIsADeadLetter() {
        neighbour();
        Artifact artifact = Artifact.of(EventType.PLAN, line().runId(), "Numbers", "many")
                .withMetadata(Map.of("numbers", Collections.nCopies(210_000, 1.5)));
        String id = line().put(artifact);
        neighbour();
        line().awaitDrained();
        assertThat(line().deadLetters())
                .filteredOn(letter -> letter.eventId().equals(id))
                .hasSize(1);
        assertThat(line().counts()).isEqualTo(Map.of("postgres log", 2L, "qdrant tool", 2L));
        line().requireReady();
    }

    @Test
    void everythingAcceptedIsStoredOrADeadLetter() {
        EverythingAccountedFor promise = new EverythingAccountedFor();
        for (int i = 0; i < 400; i++) {
            String message = i % 50 == 7 ? "PostgreSQL has no \u0000 in texts" : "all is well " + i;
            promise.accepted(line().emit(Log.of("tool_" + i % 7, LogLevel.INFO, message)));
        }
        line().flush();
        try (RawRecords raw = new RawRecords(config().kafka())) {
            for (int i = 0; i < 5; i++) {
                Map<String, String> headers = headers(EventType.LOG, "garbage");
                raw.write(Topic.EVENTS, "garbage", NO_JSON, headers);
                promise.accepted(headers.getOrDefault(EnvelopeHeaders.ID, ""));
            }
        }
        line().awaitDrained();
        promise.verify(line().eventIds("/v1/logs"), line().refusedIds());
    }

    /** Two good events, one for each store. */
    private void neighbour() {
        line().put(Log.of("neighbour", LogLevel.INFO, "still here"));
        line().put(Artifact.of(EventType.TOOL, EventIds.next(), "Neighbour", "still here"));
    }

    private void plant(String reason, Planted record) {
        planted.put(record, reason);
    }

    private void verify(long neighbours) {
        line().awaitDrained();
        List<DeadLetter> letters = line().deadLetters();
        SoftAssertions.assertSoftly(softly -> planted.forEach((record, reason) -> softly.assertThat(
                        letters.stream().filter(record::is))
                .as("letters of %s, planted to be %s", record.origin(), reason)
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.reason()).isEqualTo(reason);
                    assertThat(letter.message()).isNotBlank();
                })));
        assertThat(line().counts()).isEqualTo(Map.of("postgres log", neighbours, "qdrant tool", neighbours));
        line().requireReady();
    }

    private Map<String, String> headers(EventType type, String subject) {
        Event event = line().event(EventIds.next(), Instant.now(), OneOfEach.of(type, subject));
        return EnvelopeHeaders.encode(event.envelope());
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return changed;
    }
}
