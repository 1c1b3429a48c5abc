package dev.dise.operations.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditFilter;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with dead letters, on a real broker; each test has reasons of its own. */
class LettersIT {
    private static LettersRig rig;

    @BeforeAll
    static void start(@TempDir Path folder) {
        rig = LettersRig.start(folder);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void lettersOfOneCauseAreOneGroup() throws Exception {
        LetterId first = rig.refuse(rig.stored("a"), "GROUPS", "/severity must be x but is \"1\"");
        LetterId second = rig.refuse(rig.stored("b"), "GROUPS", "/severity must be x but is \"2\"");
        rig.refuse(rig.stored("b"), "GROUPS", "/level must be x but is \"2\"");

        List<LetterGroup> groups = rig.letters.summary(LetterFilter.all().withReason("GROUPS"));
        assertThat(groups).hasSize(2);
        LetterGroup large = groups.get(0);
        assertThat(large.count()).isEqualTo(2);
        assertThat(large.open()).isEqualTo(2);
        assertThat(large.paths()).containsExactly("/severity");
        assertThat(large.sample()).isEqualTo(second);
        assertThat(large.firstSeen()).isEqualTo(rig.entry(first).at());
        assertThat(large.lastSeen()).isEqualTo(rig.entry(second).at());
    }

    @Test
    void aRedrivenRecordIsWhereItCameFromAsItCame() throws Exception {
        SourceRecord refused = rig.stored("back");
        LetterId id = rig.refuse(refused, "BACK", "no");
        RedriveOrder order = RedriveOrder.of(LetterFilter.all().withReason("BACK"), LettersRig.BY);

        assertThat(rig.redrive(order.asDryRun()).count(RedriveOutcome.WOULD_SEND))
                .isEqualTo(1);
        assertThat(rig.bulk(eventId(refused))).hasSize(1);
        assertThat(rig.redrive(order).count(RedriveOutcome.SENT)).isEqualTo(1);

        SourceRecord again = rig.newest(eventId(refused));
        assertThat(rig.bulk(eventId(refused))).hasSize(2);
        assertThat(again.partition()).isEqualTo(refused.partition());
        assertThat(again.key()).isEqualTo(refused.key());
        assertThat(again.value()).isEqualTo(refused.value());
        assertThat(again.headers())
                .filteredOn(header -> header.name().startsWith("dlq."))
                .extracting(SourceRecord.Header::name)
                .containsExactly("dlq.attempts");
        assertThat(again.headers()).hasSize(refused.headers().size() + 1);
        assertThat(rig.entry(id).state()).isEqualTo(LetterState.REDRIVEN);
        AuditEntry entry = rig.audit
                .read(new AuditFilter(Set.of(Redrive.ACTION), id.toString(), null))
                .get(0);
        assertThat(entry.by()).isEqualTo(LettersRig.BY);
        assertThat(entry.detail())
                .containsEntry("event_id", eventId(refused))
                .containsEntry("type", "log")
                .containsEntry("to", again.toString());

        assertThat(rig.redrive(order).outcomes()).isEmpty();
        assertThat(rig.redrive(RedriveOrder.of(LetterFilter.of(id), LettersRig.BY))
                        .count(RedriveOutcome.SETTLED))
                .isEqualTo(1);
        assertThat(rig.bulk(eventId(refused))).hasSize(2);
    }

    @Test
    void aLetterThatACrashHasDoubledIsOne() throws Exception {
        SourceRecord refused = rig.stored("doubled");
        rig.refuse(refused, "DOUBLED", "no");
        rig.refuse(refused, "DOUBLED", "no");
        LetterFilter filter = LetterFilter.all().withReason("DOUBLED");
        assertThat(rig.letters.list(filter, 10)).hasSize(1);
        assertThat(rig.redrive(RedriveOrder.of(filter, LettersRig.BY)).count(RedriveOutcome.SENT))
                .isEqualTo(1);
        assertThat(rig.bulk(eventId(refused))).hasSize(2);
    }

    @Test
    void poisonThatStaysPoisonEndsInQuarantine() throws Exception {
        SourceRecord record = rig.stored("poison");
        RedriveOrder order = RedriveOrder.of(LetterFilter.all().withReason("POISON"), LettersRig.BY);
        LetterId last = rig.refuse(record, "POISON", "no");
        for (int attempt = 2; attempt <= Letters.MAX_ATTEMPTS; attempt++) {
            assertThat(rig.redrive(order).count(RedriveOutcome.SENT)).isEqualTo(1);
            last = rig.refuse(rig.newest(eventId(record)), "POISON", "no");
            assertThat(last.attempts()).isEqualTo(attempt);
        }
        RedriveReport held = rig.redrive(order);
        assertThat(held.outcomes()).isEqualTo(Map.of(RedriveOutcome.QUARANTINED, 1L));
        assertThat(held.held()).containsExactly(new RedriveReport.Held(last, RedriveOutcome.QUARANTINED));
        assertThat(rig.letters.list(order.filter().withStates(Set.of(LetterState.QUARANTINED)), 10))
                .extracting(LetterEntry::id)
                .containsExactly(last);
        assertThat(rig.letters.show(last).orElseThrow().history())
                .as("what brought it here")
                .extracting(AuditEntry::action)
                .containsExactly(Redrive.ACTION);

        assertThat(rig.redrive(order.withForce()).count(RedriveOutcome.SENT)).isEqualTo(1);
        assertThat(rig.bulk(eventId(record))).hasSize(4);
    }

    @Test
    void anEditIsCheckedByTheSchemaFirst() throws Exception {
        SourceRecord refused = rig.stored("edited");
        LetterId id = rig.refuse(refused, "EDIT", "no");
        RedriveOrder order = RedriveOrder.of(LetterFilter.of(id), LettersRig.BY);

        assertThatThrownBy(() -> rig.redrive(order.withEdit(set("/log_level", "\"shouting\""))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("/log_level");
        assertThatThrownBy(() -> rig.redrive(order.withEdit(set("/tool_id", "\"other\""))))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("/subject");
        assertThat(rig.entry(id).state()).isEqualTo(LetterState.OPEN);

        assertThat(rig.redrive(order.withEdit(set("/message", "\"mended\""))).count(RedriveOutcome.SENT))
                .isEqualTo(1);
        assertThat(new String(rig.newest(eventId(refused)).value(), UTF_8)).contains("mended");
        AuditEntry entry =
                rig.audit.read(new AuditFilter(Set.of(), id.toString(), null)).get(0);
        assertThat(entry.detail("sha256_before")).hasSize(64).isNotEqualTo(entry.detail("sha256_after"));
    }

    @Test
    void anEditIsForOneLetter() throws Exception {
        rig.refuse(rig.stored("two"), "TWO", "no");
        rig.refuse(rig.stored("two"), "TWO", "no");
        RedriveOrder order = RedriveOrder.of(LetterFilter.all().withReason("TWO"), LettersRig.BY);
        assertThatThrownBy(() -> rig.redrive(order.withEdit(set("/message", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 match");
    }

    @Test
    void whatHasNoContentOrNoWayBackIsSaid() throws Exception {
        ProducerRecord<byte[], byte[]> named = letter("dise.bulk", "(too large to be kept here) no");
        ProducerRecord<byte[], byte[]> strange = letter("somewhere", "no");
        rig.kafka.sendRaw(List.of(named, strange));
        assertThat(rig.redrive(RedriveOrder.of(LetterFilter.all().withReason("ODD"), LettersRig.BY))
                        .outcomes())
                .isEqualTo(Map.of(RedriveOutcome.NOT_KEPT, 1L, RedriveOutcome.NO_WAY_BACK, 1L));
    }

    @Test
    void whatIsDiscardedIsLeftAlone() throws Exception {
        SourceRecord refused = rig.stored("discarded");
        LetterId id = rig.refuse(refused, "DISCARD", "no");
        LetterFilter filter = LetterFilter.all().withReason("DISCARD");
        Discard discard = new Discard(rig.letters, rig.audit, Clock.systemUTC());
        assertThat(discard.run(filter, LettersRig.BY, "of no use")).isEqualTo(1);
        assertThat(discard.run(filter, LettersRig.BY, "of no use")).isZero();
        assertThat(rig.entry(id).state()).isEqualTo(LetterState.DISCARDED);
        assertThat(rig.redrive(RedriveOrder.of(filter, LettersRig.BY)).outcomes())
                .isEmpty();
        assertThat(rig.audit.read(AuditFilter.ofActions(Discard.ACTION)))
                .filteredOn(entry -> entry.target().equals(id.toString()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail())
                        .containsEntry("why", "of no use")
                        .containsEntry("event_id", eventId(refused)));
    }

    /** Forgetting a subject copies what is left of the topic to its end, and deletes what was before. */
    @Test
    void aTopicThatWasWrittenAnewChangesNoStateAndNoId() throws Exception {
        SourceRecord sent = rig.stored("moved");
        SourceRecord open = rig.stored("moved");
        LetterId redriven = rig.refuse(sent, "MOVED", "no");
        LetterId waiting = rig.refuse(open, "MOVED", "no");
        rig.redrive(RedriveOrder.of(LetterFilter.of(redriven), LettersRig.BY));

        moveToTheEnd();

        assertThat(rig.entry(redriven).state()).isEqualTo(LetterState.REDRIVEN);
        assertThat(rig.entry(waiting).state()).isEqualTo(LetterState.OPEN);
        LetterFilter filter = LetterFilter.all().withReason("MOVED");
        assertThat(rig.redrive(RedriveOrder.of(filter, LettersRig.BY)).count(RedriveOutcome.SENT))
                .isEqualTo(1);
        assertThat(rig.bulk(eventId(open))).hasSize(2);
    }

    private static void moveToTheEnd() throws Exception {
        List<SourceRecord> before = rig.kafka.deadLetters();
        for (SourceRecord letter : before) {
            ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(
                    Topic.DEAD_LETTERS.topicName(), letter.partition().number(), letter.key(), letter.value());
            letter.headers().forEach(header -> copy.headers().add(header.name(), header.value()));
            rig.kafka.sendRaw(List.of(copy));
        }
        try (Admin admin = rig.kafka.clients().admin()) {
            for (SourceRecord letter : before) {
                Partition partition = letter.partition();
                admin.deleteRecords(Map.of(
                                new TopicPartition(partition.topic(), partition.number()),
                                RecordsToDelete.beforeOffset(letter.offset() + 1)))
                        .all()
                        .get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(String topic, String message) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), null);
        Map.of("topic", topic, "partition", "0", "offset", "999999", "stage", "s", "reason", "ODD", "message", message)
                .forEach((name, value) -> letter.headers().add("dlq." + name, value.getBytes(UTF_8)));
        return letter;
    }

    private static LetterEdit set(String pointer, String value) {
        return new LetterEdit.SetValues(Map.of(pointer, Json.mapper().readTree(value)));
    }

    private static String eventId(SourceRecord record) {
        return String.valueOf(record.header("ce_id"));
    }
}
