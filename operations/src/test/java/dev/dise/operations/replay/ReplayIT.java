package dev.dise.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dise.operations.slice.Audit;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.RecordFilter;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Store;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Failure;
import dev.dise.schemas.data.Log;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {
    private static final int LOGS = 3_000;
    private static final int FAILURES = 40;

    private static KafkaStack kafka;

    private final RecordingStore store = new RecordingStore();
    private final List<Audit.Entry> deeds = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kafka = KafkaStack.start(folder, 2);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            events.add(event("log-" + i, Log.of("tool-" + i % 5, LogLevel.INFO, "line")));
        }
        for (int i = 0; i < FAILURES; i++) {
            events.add(event("failure-" + i, Failure.of("tool-1", "scenario", "broke")));
        }
        events.add(event("bad", Failure.of("tool-2", "scenario", "broke")));
        kafka.send(Topic.BULK, events);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    @Order(1)
    void sendsWhatIsMeantOnceAndTellsWhatWasThere() {
        RecordFilter failures = new RecordFilter(Set.of(EventType.FAILURE), null, "tool-1", null, null, Set.of());
        ReplayReport plan = replay().plan(request(failures, "a"), progress());
        assertThat(plan.matched()).isEqualTo(Map.of("failure", (long) FAILURES));
        assertThat(plan.read()).isEqualTo(LOGS + FAILURES + 1);
        assertThat(store.ids).isEmpty();

        store.ids.add("failure-7");
        store.outages = 2;
        ReplayReport report = replay().run(request(failures, "a"), "me", progress());
        assertThat(report.written()).isEqualTo(FAILURES - 1);
        assertThat(report.alreadyThere()).isEqualTo(1);
        assertThat(report.refused()).isZero();
        assertThat(waits).hasSize(2).allSatisfy(why -> assertThat(why).contains("the store is away"));
        assertThat(deeds).extracting(Audit.Entry::action).containsExactly("replay");
    }

    @Test
    @Order(2)
    void oneThatWasKilledGoesOnAndLeavesNoGroupBehind() throws Exception {
        store.killedAfter = 2_600;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay().run(request(RecordFilter.ALL, "b"), "me", progress()));
        store.killedAfter = Integer.MAX_VALUE;
        ReplayReport report = replay().run(request(RecordFilter.ALL, "b"), "me", progress());
        assertThat(report.resumed()).isTrue();
        assertThat(store.ids).hasSize(LOGS + FAILURES);
        assertThat(groups()).noneMatch(group -> group.startsWith("replay-"));
        assertThat(replay().run(request(RecordFilter.ALL, "b"), "me", progress())
                        .resumed())
                .isFalse();
    }

    @Test
    @Order(3)
    void whatTheStoreRefusesIsADeadLetterAndTheAuditIsATopic() {
        RecordFilter bad = new RecordFilter(Set.of(), null, null, null, null, Set.of("bad"));
        long before = kafka.deadLetters().size();
        Replay replay =
                new Replay(kafka.clients(), store, new AuditTopic(kafka.clients()), patience(), Clock.systemUTC());
        assertThat(replay.run(request(bad, "c"), "me", progress()).refused()).isEqualTo(1);
        assertThat(kafka.deadLetters()).hasSize((int) before + 1);
        assertThat(kafka.deadLetters().get((int) before).header("dlq.stage")).isEqualTo("pg-sink");
        assertThat(kafka.read(Topic.AUDIT)).hasSize(1);
    }

    @Test
    @Order(4)
    void aForgottenSubjectIsLeftOut() throws Exception {
        ForgottenSubject one = new ForgottenSubject("tool-1", null, Instant.now(), "me", "");
        kafka.sendRaw(List.of(new ProducerRecord<>(Topic.FORGOTTEN.topicName(), one.key(), one.encode())));
        ReplayReport report = replay().run(request(RecordFilter.ofSubject("tool-1", Set.of()), "d"), "me", progress());
        assertThat(report.forgotten()).isEqualTo(LOGS / 5 + FAILURES);
        assertThat(store.ids).isEmpty();
    }

    @Test
    @Order(5)
    void aTopicThatHasLostItsBeginningIsRefusedWithTheNumbersUnlessThatIsAccepted() throws Exception {
        try (Admin admin = kafka.clients().admin()) {
            admin.deleteRecords(
                            Map.of(new TopicPartition(Topic.BULK.topicName(), 0), RecordsToDelete.beforeOffset(100)))
                    .all()
                    .get();
        }
        assertThatExceptionOfType(GapException.class)
                .isThrownBy(() -> replay().run(request(RecordFilter.ALL, "e"), "me", progress()))
                .withMessageContaining("the first 100 records of dise.bulk-0 are gone")
                .withMessageContaining("--accept-gap");
        ReplayRequest accepted = new ReplayRequest(Store.POSTGRES, null, RecordFilter.ALL, "e", false, true);
        assertThat(replay().run(accepted, "me", progress()).gap()).contains("100 records");
        ReplayRequest later =
                new ReplayRequest(Store.POSTGRES, Instant.now().plusSeconds(60), RecordFilter.ALL, "f", false, false);
        assertThat(replay().plan(later, progress()).read()).isZero();
    }

    private Replay replay() {
        return new Replay(kafka.clients(), store, deeds::add, patience(), Clock.systemUTC());
    }

    private static Patience patience() {
        return new Patience(Backoff.standard(), time -> {});
    }

    private SliceProgress progress() {
        return new SliceProgress() {
            @Override
            public void at(String phase, long done, long total) {}

            @Override
            public void waiting(String why) {
                waits.add(why);
            }
        };
    }

    private static ReplayRequest request(RecordFilter filter, String name) {
        return new ReplayRequest(Store.POSTGRES, null, filter, name, false, false);
    }

    private static List<String> groups() throws Exception {
        try (Admin admin = kafka.clients().admin()) {
            return admin.listGroups().all().get().stream()
                    .map(group -> group.groupId())
                    .toList();
        }
    }

    private static Event event(String id, EventData data) {
        return Event.of(id, "urn:dise:test", Instant.now(), data);
    }
}
