package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Any bytes with the right checksum are a record to send, or none. How to fuzz: docs/testing.md. */
class SpooledEventFuzzTest {
    @FuzzTest
    void readsARecordOrNone(byte[] input) {
        @Nullable ProducerRecord<byte[], byte[]> record = SpooledEvent.decode(input);
        if (record != null) {
            assertThat(record.topic()).isEqualTo("dise.events");
            assertThat(record.key().length + record.value().length).isLessThan(input.length);
            assertThat(record.headers())
                    .allSatisfy(header -> assertThat(header.value()).isNotNull());
        }
    }
}
