package dev.dise.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.Performance;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Generations of a real database, filled from a real topic by the sink's service. */
abstract class GenerationsRig extends SinkServiceRig {
    static final RebuildOptions WITHOUT_SWITCH = new RebuildOptions(false, false, 1, false);
    static final RebuildOptions WITH_SWITCH = new RebuildOptions(false, false, 1, true);

    static PgGenerations generations() throws IOException {
        return generations(config(), "");
    }

    static PgGenerations generations(DiseConfig config, String failpoints) {
        return PgGenerations.of(config, Clock.systemUTC(), Failpoints.from(failpoints));
    }

    static GenerationInfo info(PgGenerations generations, int number) {
        return generations.list().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
    }

    static int live(PgGenerations generations) {
        return generations.list().stream()
                .filter(one -> one.state() == GenerationState.LIVE)
                .findFirst()
                .orElseThrow()
                .number();
    }

    /** Returns when every generation that is followed has all of the topic. */
    static void awaitLevel(PgGenerations generations) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> generations.list().stream().allMatch(one -> one.behind() == 0));
    }

    /** Every kind of event and of trouble: all types, versions, deletions, doubles, many days, refused rows, garbage. */
    static void sendOfEverything() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        Arrays.stream(EventType.values())
                .filter(type -> type != EventType.DELETION)
                .map(FullEvents::of)
                .forEach(events::add);
        IntStream.range(0, 400).forEach(i -> events.add(logOf(i % 40, i)));
        events.addAll(events.subList(0, 50));
        events.addAll(versions());
        events.forEach(event -> records.add(EventDeliveries.toSend(Topic.BULK.topicName(), event)));
        records.add(new ProducerRecord<>(Topic.BULK.topicName(), null, "garbage".getBytes(UTF_8)));
        kafka.sendRaw(records);
        traffic.send(2_000);
    }

    static Event logOf(int daysAgo, int number) {
        Instant time = Instant.now().minus(Duration.ofDays(daysAgo));
        return Event.of(EventIds.next(), "urn:dise:test", time, Log.of("t", LogLevel.INFO, "number " + number));
    }

    /** Entities that come again, older than they are, deleted and anew; and a number that PostgreSQL refuses. */
    private static List<Event> versions() {
        Instant now = Instant.now();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int second = i * 7 % 60;
            events.add(Event.of(
                    EventIds.next(),
                    "urn:dise:test",
                    now.plusSeconds(second),
                    Performance.of("p" + i % 4, "t", "n", Map.of("a", i, "b", second))));
            if (i % 13 == 0) {
                events.add(Event.of(
                        EventIds.next(),
                        "urn:dise:test",
                        now.plusSeconds(second + 1),
                        Deletion.of(EventType.PERFORMANCE, "p" + i % 4)));
            }
        }
        String refused = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\",\"details\":{\"n\":1e140000}}";
        events.add(new Event(
                Envelope.of(EventIds.next(), EventType.LOG, "urn:dise:test", "t", now), refused.getBytes(UTF_8)));
        return events;
    }
}
