package dev.dise.operations.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import dev.dise.schemas.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoughtTest {
    @Test
    void anIdMadeByTimeSaysWhen() {
        assertThat(Sought.of(EventIds.next()).madeAt().orElseThrow())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plusMillis(1));
        assertThat(Sought.of("line-17").madeAt()).isEmpty();
        assertThat(Sought.of("6f2c1b1e-4c3c-4a64-8f0e-0d6c4b9f3a11").madeAt()).isEmpty();
    }

    @Test
    void anEventIsFoundByItsIdAndByTheOneThatPostgresHas() {
        String asStored = EventIds.asUuid("line-17").toString();
        assertThat(Sought.of("line-17").isOf(record("line-17"))).isTrue();
        assertThat(Sought.of(asStored).isOf(record("line-17"))).isTrue();
        assertThat(Sought.of("line-17").isOf(record(asStored))).isFalse();
        assertThat(Sought.of(asStored).isOf(record("line-18"))).isFalse();
    }

    private static SourceRecord record(String id) {
        return new SourceRecord(
                new Partition("dise.bulk", 0),
                0,
                Instant.EPOCH,
                null,
                null,
                List.of(new Header("ce_id", id.getBytes(UTF_8))));
    }
}
