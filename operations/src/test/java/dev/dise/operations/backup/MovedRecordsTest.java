package dev.dise.operations.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import dev.dise.schemas.DeadLetterHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What records say of places, and how long they stay. */
class MovedRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final OffsetMaps maps = new OffsetMaps();

    @Test
    void aDeadLetterNamesTheSameRecord() {
        maps.begin(new Partition("dise.bulk", 1), 40).add(40);
        SourceRecord letter = record("dise.dead-letters", "x", origin("dise.bulk", "1", "40"));
        assertThat(new MovedRecords(maps).of(letter).header(DeadLetterHeaders.OFFSET))
                .isEqualTo("0");
        assertThat(new MovedRecords(maps).of(letter).header(DeadLetterHeaders.TOPIC))
                .isEqualTo("dise.bulk");
    }

    @Test
    void aDeadLetterOfAStrangerStaysAsItIs() {
        SourceRecord letter = record("dise.dead-letters", "x", origin("dise.bulk", "one", "40"));
        assertThat(new MovedRecords(maps).of(letter).header(DeadLetterHeaders.OFFSET))
                .isEqualTo("40");
    }

    @Test
    void theAuditNamesTheSameLetters() {
        OffsetMap letters = maps.begin(new Partition("dise.dead-letters", 0), 10);
        letters.add(10);
        letters.add(17);
        SourceRecord audit =
                record("dise.audit", "{\"target\":\"dise.dead-letters-0@17#2\",\"other\":\"someone-0@17\"}", List.of());
        assertThat(new String(
                        Objects.requireNonNull(new MovedRecords(maps).of(audit).value()), UTF_8))
                .isEqualTo("{\"target\":\"dise.dead-letters-0@1#2\",\"other\":\"someone-0@17\"}");
    }

    @Test
    void eventsAreNotLookedInto() {
        maps.begin(new Partition("dise.events", 0), 5);
        SourceRecord event = record("dise.events", "dise.events-0@9", List.of());
        assertThat(new MovedRecords(maps).of(event)).isSameAs(event);
    }

    @Test
    void whatIsOldAndReadIsLeftOutButNotWhatSomebodyWaitsFor() {
        Retention retention = new Retention(
                NOW,
                Duration.ofDays(7).toMillis(),
                List.of(new GroupPlace("a", "dise.events", 0, 10), new GroupPlace("b", "dise.events", 0, 6)),
                true);
        Instant old = NOW.minus(Duration.ofDays(8));
        assertThat(retention.timeOf(at(5, old))).isEmpty();
        assertThat(retention.timeOf(at(6, old))).contains(NOW);
        assertThat(retention.timeOf(at(5, NOW.minusSeconds(1)))).contains(NOW.minusSeconds(1));
        assertThat(retention.timeOf(at(5, NOW.plusSeconds(9)))).contains(NOW);
        assertThat(retention.leftOut()).isEqualTo(1);
    }

    @Test
    void whereNobodyReadsWhatIsOldIsLeftOutAndForEverIsForEver() {
        Instant old = NOW.minus(Duration.ofDays(4000));
        assertThat(new Retention(NOW, 1_000, List.of(), false).timeOf(at(0, old)))
                .isEmpty();
        assertThat(new Retention(NOW, 1_000, List.of(), true).timeOf(at(0, old)))
                .contains(NOW);
        assertThat(new Retention(NOW, -1, List.of(), false).timeOf(at(0, old))).contains(old);
    }

    private static List<Header> origin(String topic, String partition, String offset) {
        return List.of(
                new Header(DeadLetterHeaders.TOPIC, topic.getBytes(UTF_8)),
                new Header(DeadLetterHeaders.PARTITION, partition.getBytes(UTF_8)),
                new Header(DeadLetterHeaders.OFFSET, offset.getBytes(UTF_8)));
    }

    private static SourceRecord record(String topic, String value, List<Header> headers) {
        return new SourceRecord(new Partition(topic, 0), 3, NOW, null, value.getBytes(UTF_8), headers);
    }

    private static SourceRecord at(long offset, Instant time) {
        return new SourceRecord(new Partition("dise.events", 0), offset, time, null, null, List.of());
    }
}
