package dev.dise.operations.slice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFilterTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final SourceRecord LOG = record(EventType.LOG, "tool-1", null);

    @Test
    void allConditionsMustHold() {
        assertThat(RecordFilter.ALL.isOpen()).isTrue();
        assertThat(accepts(RecordFilter.ALL, LOG)).isTrue();
        assertThat(accepts(RecordFilter.ofSubject("tool-1", Set.of(EventType.LOG)), LOG))
                .isTrue();
        assertThat(accepts(RecordFilter.ofSubject("tool-1", Set.of(EventType.PLAN)), LOG))
                .isFalse();
        assertThat(accepts(RecordFilter.ofSubject("tool-2", Set.of()), LOG)).isFalse();
        assertThat(accepts(new RecordFilter(Set.of(), null, null, null, null, Set.of("id")), LOG))
                .isTrue();
        assertThat(accepts(new RecordFilter(Set.of(), null, null, null, null, Set.of("other")), LOG))
                .isFalse();
        assertThat(accepts(new RecordFilter(Set.of(), null, null, null, "run", Set.of()), LOG))
                .isFalse();
        assertThat(accepts(new RecordFilter(Set.of(), NOON, null, null, null, Set.of()), LOG))
                .isFalse();
        assertThat(accepts(new RecordFilter(Set.of(), NOON.plusSeconds(1), null, null, null, Set.of()), LOG))
                .isTrue();
    }

    @Test
    void aDeletionIsOfItsTargetsTypeToo() {
        SourceRecord deletion = record(EventType.DELETION, "p", EventType.PLAN);
        assertThat(accepts(RecordFilter.ofSubject("p", Set.of(EventType.PLAN)), deletion))
                .isTrue();
        assertThat(accepts(RecordFilter.ofSubject("p", Set.of(EventType.DELETION)), deletion))
                .isTrue();
        assertThat(accepts(RecordFilter.ofSubject("p", Set.of(EventType.TOOL)), deletion))
                .isFalse();
    }

    @Test
    void theContentIsReadOnlyForAToolThatIsNotTheSubject() {
        RecordFilter filter = new RecordFilter(Set.of(), null, "tool-1", null, null, Set.of());
        assertThat(filter.accepts(LOG, record -> {
                    throw new AssertionError("read");
                }))
                .isTrue();
        SourceRecord plan = record(EventType.PLAN, "p", null);
        assertThat(filter.accepts(plan, record -> "tool-1")).isTrue();
        assertThat(filter.accepts(plan, record -> "tool-2")).isFalse();
        assertThat(filter.accepts(plan, record -> null)).isFalse();
    }

    private static boolean accepts(RecordFilter filter, SourceRecord record) {
        return filter.accepts(record, any -> null);
    }

    private static SourceRecord record(EventType type, String subject, @Nullable EventType target) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        EnvelopeHeaders.encode(new Envelope("id", type, "urn:x", subject, NOON, null, null, target))
                .forEach((name, value) -> headers.add(new SourceRecord.Header(name, value.getBytes(UTF_8))));
        return new SourceRecord(new Partition("dise.bulk", 0), 0, NOON, null, new byte[0], headers);
    }
}
