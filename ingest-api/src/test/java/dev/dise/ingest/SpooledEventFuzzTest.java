package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.dise.schemas.Event;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Any bytes with the right checksum are an event, or none. How to fuzz: docs/testing.md. */
class SpooledEventFuzzTest {
    @FuzzTest
    void readsAnEventOrNone(byte[] input) {
        @Nullable Event event = SpooledEvent.decode(input);
        if (event != null) {
            Event again = Objects.requireNonNull(SpooledEvent.decode(SpooledEvent.encode(event)));
            assertThat(again.envelope()).isEqualTo(event.envelope());
            assertThat(again.data()).isEqualTo(event.data());
            assertThat(EventRecords.encode(event).value()).isSameAs(event.data());
        }
    }
}
