package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForgottenTest {
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant BEFORE = THEN.minusSeconds(60);
    private static final Instant AFTER = THEN.plusSeconds(60);

    @Test
    void anEventIsForgottenUnlessItHappenedAndCameAfterwards() {
        Forgotten forgotten = list(subject("s", null));
        assertThat(forgotten.isForgotten(record("s", EventType.LOG, BEFORE, BEFORE)))
                .isTrue();
        assertThat(forgotten.isForgotten(record("s", EventType.LOG, THEN, AFTER)))
                .isTrue();
        assertThat(forgotten.isForgotten(record("s", EventType.LOG, AFTER, THEN)))
                .isTrue();
        assertThat(forgotten.isForgotten(record("s", EventType.LOG, AFTER, AFTER)))
                .isFalse();
        assertThat(forgotten.isForgotten(record("other", EventType.LOG, BEFORE, BEFORE)))
                .isFalse();
        assertThat(Forgotten.nobody().isForgotten(record("s", EventType.LOG, BEFORE, BEFORE)))
                .isFalse();
    }

    @Test
    void aTypeSparesTheOthersAndMeansItsDeletionsToo() {
        Forgotten forgotten = list(subject("s", EventType.PLAN));
        assertThat(forgotten.isForgotten(record("s", EventType.PLAN, BEFORE, BEFORE)))
                .isTrue();
        assertThat(forgotten.isForgotten(record("s", EventType.TOOL, BEFORE, BEFORE)))
                .isFalse();
        Envelope deletion = new Envelope("id", EventType.DELETION, "urn:x", "s", BEFORE, null, null, EventType.PLAN);
        assertThat(forgotten.isForgotten(deletion, AFTER)).isTrue();
        forgotten.add(subject("s", EventType.TOOL));
        assertThat(forgotten.isForgotten(record("s", EventType.PLAN, BEFORE, BEFORE)))
                .isTrue();
        assertThat(forgotten.isForgotten(record("s", EventType.TOOL, BEFORE, BEFORE)))
                .isTrue();
    }

    @Test
    void aRecordWithoutHeadersIsKnownByItsKeyAndItsTimeInTheTopic() {
        SourceRecord bare = new SourceRecord(partition(), 0, BEFORE, "s".getBytes(UTF_8), new byte[0], List.of());
        assertThat(list(subject("s", null)).isForgotten(bare)).isTrue();
        assertThat(list(subject("s", EventType.LOG)).isForgotten(bare)).isFalse();
        SourceRecord nameless = new SourceRecord(partition(), 0, BEFORE, null, new byte[0], List.of());
        assertThat(list(subject("s", null)).isForgotten(nameless)).isFalse();
    }

    @Test
    void isReadAsItWasWritten() {
        ForgottenSubject all = subject("s", null);
        ForgottenSubject plans = subject("s", EventType.PLAN);
        assertThat(ForgottenSubject.decode(all.encode())).isEqualTo(all);
        assertThat(ForgottenSubject.decode(plans.encode())).isEqualTo(plans);
        assertThat(plans.key()).isNotEqualTo(all.key());
        assertThatIllegalArgumentException().isThrownBy(() -> ForgottenSubject.decode("{}x".getBytes(UTF_8)));
        assertThatIllegalArgumentException().isThrownBy(() -> subject("s", EventType.DELETION));
    }

    @Test
    void aValueThatIsNoneStopsNobody() {
        Forgotten forgotten = Forgotten.nobody();
        forgotten.note("nonsense".getBytes(UTF_8));
        forgotten.note(null);
        forgotten.note(subject("s", null).encode());
        assertThat(forgotten.isForgotten(record("s", EventType.LOG, BEFORE, BEFORE)))
                .isTrue();
    }

    private static Forgotten list(ForgottenSubject subject) {
        Forgotten forgotten = Forgotten.nobody();
        forgotten.add(subject);
        return forgotten;
    }

    private static ForgottenSubject subject(String subject, @Nullable EventType type) {
        return new ForgottenSubject(subject, type, THEN, "me", "");
    }

    private static SourceRecord record(String subject, EventType type, Instant time, Instant appendedAt) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        EnvelopeHeaders.encode(Envelope.of("id", type, "urn:x", subject, time))
                .forEach((name, value) -> headers.add(new SourceRecord.Header(name, value.getBytes(UTF_8))));
        return new SourceRecord(partition(), 0, appendedAt, "key".getBytes(UTF_8), new byte[0], headers);
    }

    private static Partition partition() {
        return new Partition(Topic.BULK.topicName(), 0);
    }
}
